package portal.analysis;

import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.path.PathHierarchyTokenizer;
import org.apache.lucene.analysis.path.ReversePathHierarchyTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** Tokenizers other than the standard one and grams. */
final class Tokenizers {

  private static final int LONGEST_TOKEN = 255;

  private Tokenizers() {}

  static TokenizerFactory keyword(String name, Settings settings) {
    int buffer = settings.getAsInt("buffer_size", KeywordTokenizer.DEFAULT_BUFFER_SIZE);
    return TokenizerFactory.newFactory(name, () -> new KeywordTokenizer(buffer));
  }

  static TokenizerFactory whitespace(String name, Settings settings) {
    int longest = settings.getAsInt("max_token_length", LONGEST_TOKEN);
    return TokenizerFactory.newFactory(name, () -> new WhitespaceTokenizer(longest));
  }

  static TokenizerFactory pattern(String name, Settings settings) {
    Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
    int group = settings.getAsInt("group", -1);
    return TokenizerFactory.newFactory(name, () -> new PatternTokenizer(pattern, group));
  }

  static TokenizerFactory urlEmail(String name, Settings settings) {
    int longest = settings.getAsInt("max_token_length", LONGEST_TOKEN);
    return TokenizerFactory.newFactory(
        name,
        () -> {
          UAX29URLEmailTokenizer tokenizer = new UAX29URLEmailTokenizer();
          tokenizer.setMaxTokenLength(longest);
          return tokenizer;
        });
  }

  static TokenizerFactory path(String name, Settings settings) {
    int buffer = settings.getAsInt("buffer_size", 1024);
    int skip = settings.getAsInt("skip", 0);
    char delimiter = single(settings, "delimiter", '/');
    char replacement = single(settings, "replacement", delimiter);
    boolean reverse = settings.getAsBoolean("reverse", false);
    return TokenizerFactory.newFactory(
        name, () -> path(reverse, buffer, delimiter, replacement, skip));
  }

  private static Tokenizer path(
      boolean reverse, int buffer, char delimiter, char replacement, int skip) {
    return reverse
        ? new ReversePathHierarchyTokenizer(buffer, delimiter, replacement, skip)
        : new PathHierarchyTokenizer(buffer, delimiter, replacement, skip);
  }

  private static char single(Settings settings, String key, char usual) {
    String value = settings.get(key, String.valueOf(usual));
    if (value.length() != 1) {
      throw new IllegalArgumentException(key + " must be a one char value");
    }
    return value.charAt(0);
  }
}
