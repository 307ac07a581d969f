package portal.analysis;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** Filters that change letters and keep the number of tokens. */
final class LetterFilters {

  private LetterFilters() {}

  static TokenFilterFactory asciifolding(String name, Settings settings) {
    if (settings.getAsBoolean("preserve_original", false)) {
      return new FoldingKeepsOriginal(name);
    }
    return new Filters.Normalizing(name, ASCIIFoldingFilter::new);
  }

  static TokenFilterFactory lowercase(String name, Settings settings) {
    String language = settings.get("language", "");
    return switch (language) {
      case "" -> new Filters.Normalizing(name, LowerCaseFilter::new);
      case "greek" -> new Filters.Normalizing(name, GreekLowerCaseFilter::new);
      case "irish" -> new Filters.Normalizing(name, IrishLowerCaseFilter::new);
      case "turkish" -> new Filters.Normalizing(name, TurkishLowerCaseFilter::new);
      default -> throw new IllegalArgumentException(
          "language [" + language + "] not support for lower case");
    };
  }

  /** Emits both spellings when indexing, but only the folded one where a single one is wanted. */
  private record FoldingKeepsOriginal(String name) implements NormalizingTokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return new ASCIIFoldingFilter(input, true);
    }

    @Override
    public TokenStream normalize(TokenStream input) {
      return new ASCIIFoldingFilter(input);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      return new Filters.Normalizing(name, ASCIIFoldingFilter::new);
    }
  }
}
