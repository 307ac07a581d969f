package portal.analysis;

import java.io.Reader;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;

/** Filters before the tokenizer. */
final class CharFilters {

  private CharFilters() {}

  static CharFilterFactory htmlStrip(String name, Settings settings) {
    Set<String> kept = Set.copyOf(settings.getAsList("escaped_tags"));
    return new Plain(name, input -> new HTMLStripCharFilter(input, kept));
  }

  static CharFilterFactory replace(String name, Settings settings) {
    Pattern pattern = Patterns.required(name, settings);
    String replacement = settings.get("replacement", "");
    return new Normalizing(
        name, input -> new PatternReplaceCharFilter(pattern, replacement, input));
  }

  static CharFilterFactory mapping(Environment env, String name, Settings settings) {
    List<String> rules = Analysis.getWordList(env, settings, "mappings");
    if (rules == null) {
      throw new IllegalArgumentException(
          "mapping requires either `mappings` or `mappings_path` to be configured");
    }
    NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
    rules.forEach(rule -> Rule.of(rule).addTo(map));
    NormalizeCharMap built = map.build();
    return new Normalizing(name, input -> new MappingCharFilter(built, input));
  }

  /** One line {@code from => to}, with the usual backslash escapes on both sides. */
  private record Rule(String from, String to) {
    static Rule of(String line) {
      int arrow = line.lastIndexOf("=>");
      if (arrow < 1) {
        throw new IllegalArgumentException("Invalid Mapping Rule : [" + line + "]");
      }
      return new Rule(unescape(line.substring(0, arrow)), unescape(line.substring(arrow + 2)));
    }

    void addTo(NormalizeCharMap.Builder map) {
      map.add(from, to);
    }

    private static String unescape(String side) {
      return CharEscapes.decode(side.strip());
    }
  }

  private record Plain(String name, UnaryOperator<Reader> wrap) implements CharFilterFactory {
    @Override
    public Reader create(Reader input) {
      return wrap.apply(input);
    }
  }

  private record Normalizing(String name, UnaryOperator<Reader> wrap)
      implements NormalizingCharFilterFactory {
    @Override
    public Reader create(Reader input) {
      return wrap.apply(input);
    }
  }
}
