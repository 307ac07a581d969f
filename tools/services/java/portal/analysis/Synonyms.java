package portal.analysis;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.synonym.WordnetSynonymParser;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalysisMode;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * Synonyms, whose rules are read through the tokenizer and the filters that stand before them: a
 * rule written with diacritics also works in a chain that folds.
 */
final class Synonyms implements TokenFilterFactory {

  private final String name;
  private final List<String> rules;
  private final boolean graph;
  private final boolean wordnet;
  private final boolean expand;
  private final boolean lenient;
  private final AnalysisMode mode;

  Synonyms(Environment env, String name, Settings settings, boolean graph) {
    boolean updateable = settings.getAsBoolean("updateable", false);
    this.name = name;
    this.graph = graph;
    this.rules = Analysis.getWordList(env, settings, "synonyms");
    this.wordnet = "wordnet".equalsIgnoreCase(settings.get("format", "solr"));
    this.expand = settings.getAsBoolean("expand", true);
    this.lenient = settings.getAsBoolean("lenient", updateable);
    this.mode = updateable ? AnalysisMode.SEARCH_TIME : AnalysisMode.ALL;
    if (rules == null) {
      throw new IllegalArgumentException(
          "synonym requires either `synonyms` or `synonyms_path` to be configured");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnalysisMode getAnalysisMode() {
    return mode;
  }

  @Override
  public TokenStream create(TokenStream input) {
    throw new IllegalStateException("synonyms need the chain in which they stand");
  }

  @Override
  public TokenFilterFactory getChainAwareTokenFilterFactory(
      IndexCreationContext context,
      TokenizerFactory tokenizer,
      List<CharFilterFactory> charFilters,
      List<TokenFilterFactory> before,
      Function<String, TokenFilterFactory> others) {
    Analyzer analyzer =
        new CustomAnalyzer(
            tokenizer,
            charFilters.toArray(CharFilterFactory[]::new),
            before.stream()
                .map(TokenFilterFactory::getSynonymFilter)
                .toArray(TokenFilterFactory[]::new));
    return new InChain(name, mode, filter(read(analyzer)));
  }

  private UnaryOperator<TokenStream> filter(SynonymMap map) {
    if (map.fst == null) {
      return input -> input;
    }
    return graph
        ? input -> new SynonymGraphFilter(input, map, false)
        : input -> new SynonymFilter(input, map, false);
  }

  private SynonymMap read(Analyzer analyzer) {
    SynonymMap.Parser parser =
        wordnet
            ? new WordnetSynonymParser(true, expand, analyzer)
            : new SolrSynonymParser(true, expand, analyzer);
    try {
      if (lenient) {
        rules.forEach(rule -> readOrSkip(parser, rule));
      } else {
        parser.parse(new StringReader(String.join("\n", rules)));
      }
      return parser.build();
    } catch (IOException | ParseException | RuntimeException error) {
      throw new IllegalArgumentException("failed to build synonyms", error);
    }
  }

  private static void readOrSkip(SynonymMap.Parser parser, String rule) {
    try {
      parser.parse(new StringReader(rule));
    } catch (IOException | ParseException | IllegalArgumentException error) {
      // What "lenient" asks for: a rule that cannot be read is as if it were absent.
      return;
    }
  }

  /** The filter once its place is known; invisible to synonyms that stand after it. */
  private record InChain(String name, AnalysisMode mode, UnaryOperator<TokenStream> wrap)
      implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return wrap.apply(input);
    }

    @Override
    public AnalysisMode getAnalysisMode() {
      return mode;
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      return IDENTITY_FILTER;
    }
  }
}
