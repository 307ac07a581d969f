package portal.analysis;

import static java.util.Map.entry;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.AnalyzerScope;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Registers Lucene's own analysis classes under the names and parameters of a full server, so that
 * the index definitions tested here are the ones that run in production.
 */
public final class AnalysisCommonPlugin extends Plugin implements AnalysisPlugin {

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.ofEntries(
        entry("asciifolding", (index, env, name, s) -> LetterFilters.asciifolding(name, s)),
        entry("lowercase", (index, env, name, s) -> LetterFilters.lowercase(name, s)),
        entry("uppercase", (i, e, name, s) -> new Filters.Normalizing(name, UpperCaseFilter::new)),
        entry("trim", (i, e, name, s) -> new Filters.Normalizing(name, TrimFilter::new)),
        entry(
            "decimal_digit",
            (i, e, name, s) -> new Filters.Normalizing(name, DecimalDigitFilter::new)),
        entry("reverse", (i, e, name, s) -> new Filters.Plain(name, ReverseStringFilter::new)),
        entry(
            "remove_duplicates",
            (i, e, name, s) -> new Filters.Plain(name, RemoveDuplicatesTokenFilter::new)),
        entry("flatten_graph", (i, e, name, s) -> new Filters.Plain(name, FlattenGraphFilter::new)),
        entry(
            "keyword_repeat",
            (i, e, name, s) -> new Filters.NotForSynonyms(name, KeywordRepeatFilter::new)),
        entry("length", (index, env, name, s) -> LengthFilters.length(name, s)),
        entry("truncate", (index, env, name, s) -> LengthFilters.truncate(name, s)),
        entry("limit", (index, env, name, s) -> LengthFilters.limit(name, s)),
        entry("unique", (index, env, name, s) -> LengthFilters.unique(name, s)),
        entry("ngram", (index, env, name, s) -> Grams.ngramFilter(index, name, s)),
        entry("edge_ngram", (index, env, name, s) -> Grams.edgeFilter(name, s)),
        entry(
            "word_delimiter_graph", (index, env, name, s) -> WordParts.filter(env, name, s)),
        entry("pattern_replace", withSettings((i, e, name, s) -> Patterns.replace(name, s))),
        entry("pattern_capture", withSettings((i, e, name, s) -> Patterns.capture(name, s))),
        entry("keyword_marker", withSettings((i, env, name, s) -> Patterns.marker(env, name, s))),
        entry(
            "synonym", withSettings((i, env, name, s) -> new Synonyms(env, name, s, false))),
        entry(
            "synonym_graph", withSettings((i, env, name, s) -> new Synonyms(env, name, s, true))));
  }

  @Override
  public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
    return Map.of(
        "html_strip", (index, env, name, s) -> CharFilters.htmlStrip(name, s),
        "mapping", withSettings((index, env, name, s) -> CharFilters.mapping(env, name, s)),
        "pattern_replace", withSettings((index, env, name, s) -> CharFilters.replace(name, s)));
  }

  @Override
  public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
    return Map.of(
        "keyword", (index, env, name, s) -> Tokenizers.keyword(name, s),
        "whitespace", (index, env, name, s) -> Tokenizers.whitespace(name, s),
        "letter", (index, env, name, s) -> TokenizerFactory.newFactory(name, LetterTokenizer::new),
        "pattern", (index, env, name, s) -> Tokenizers.pattern(name, s),
        "path_hierarchy", (index, env, name, s) -> Tokenizers.path(name, s),
        "uax_url_email", (index, env, name, s) -> Tokenizers.urlEmail(name, s),
        "ngram", (index, env, name, s) -> Grams.ngramTokenizer(index, name, s),
        "edge_ngram", (index, env, name, s) -> Grams.edgeTokenizer(name, s));
  }

  @Override
  public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
    return Map.of(
        "keyword", (index, env, name, s) -> new Ready(name, new KeywordAnalyzer()),
        "whitespace", (index, env, name, s) -> new Ready(name, new WhitespaceAnalyzer()),
        "simple", (index, env, name, s) -> new Ready(name, new SimpleAnalyzer()));
  }

  private static <T> AnalysisProvider<T> withSettings(AnalysisProvider<T> provider) {
    return AnalysisPlugin.requiresAnalysisSettings(provider);
  }

  /** An analyzer without parameters. */
  private record Ready(String name, Analyzer get) implements AnalyzerProvider<Analyzer> {
    @Override
    public AnalyzerScope scope() {
      return AnalyzerScope.INDEX;
    }
  }
}
