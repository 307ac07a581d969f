package portal.analysis;

import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** Filters that drop or shorten tokens by length, number or repetition. */
final class LengthFilters {

  private LengthFilters() {}

  static TokenFilterFactory length(String name, Settings settings) {
    int min = settings.getAsInt("min", 0);
    int max = settings.getAsInt("max", Integer.MAX_VALUE);
    return new Filters.Plain(name, input -> new LengthFilter(input, min, max));
  }

  static TokenFilterFactory truncate(String name, Settings settings) {
    int length = settings.getAsInt("length", 10);
    if (length <= 0) {
      throw new IllegalArgumentException("length parameter must be greater than 0");
    }
    return new Filters.Plain(name, input -> new TruncateTokenFilter(input, length));
  }

  static TokenFilterFactory limit(String name, Settings settings) {
    int count = settings.getAsInt("max_token_count", 1);
    boolean all = settings.getAsBoolean("consume_all_tokens", false);
    return new Filters.Plain(name, input -> new LimitTokenCountFilter(input, count, all));
  }

  static TokenFilterFactory unique(String name, Settings settings) {
    boolean samePosition = settings.getAsBoolean("only_on_same_position", false);
    return new Filters.Plain(name, input -> new UniqueFilter(input, samePosition));
  }
}
