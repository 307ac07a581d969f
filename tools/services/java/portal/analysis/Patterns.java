package portal.analysis;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** Token filters driven by regular expressions or word lists. */
final class Patterns {

  private Patterns() {}

  static TokenFilterFactory replace(String name, Settings settings) {
    Pattern pattern = required(name, settings);
    String replacement = settings.get("replacement", "");
    boolean all = settings.getAsBoolean("all", true);
    return new Filters.Normalizing(
        name, input -> new PatternReplaceFilter(input, pattern, replacement, all));
  }

  static TokenFilterFactory capture(String name, Settings settings) {
    List<String> expressions = settings.getAsList("patterns", null);
    if (expressions == null) {
      throw new IllegalArgumentException("required setting 'patterns' is missing for " + name);
    }
    Pattern[] patterns = expressions.stream().map(Pattern::compile).toArray(Pattern[]::new);
    boolean keep = settings.getAsBoolean("preserve_original", true);
    return new Filters.Plain(
        name, input -> new PatternCaptureGroupTokenFilter(input, keep, patterns));
  }

  static TokenFilterFactory marker(Environment env, String name, Settings settings) {
    String expression = settings.get("keywords_pattern");
    if (expression != null) {
      Pattern pattern = Pattern.compile(expression);
      return new Filters.Plain(name, input -> new PatternKeywordMarkerFilter(input, pattern));
    }
    Set<?> words = Analysis.getWordSet(env, settings, "keywords");
    if (words == null) {
      throw new IllegalArgumentException(
          "keyword filter requires either `keywords`, `keywords_path`, or `keywords_pattern`");
    }
    CharArraySet keywords = new CharArraySet(words, settings.getAsBoolean("ignore_case", false));
    return new Filters.Plain(name, input -> new SetKeywordMarkerFilter(input, keywords));
  }

  /** The compiled {@code pattern} with its {@code flags}; refuses a definition without one. */
  static Pattern required(String name, Settings settings) {
    String expression = settings.get("pattern");
    if (expression == null) {
      throw new IllegalArgumentException("pattern is missing for [" + name + "]");
    }
    return Regex.compile(expression, settings.get("flags"));
  }
}
