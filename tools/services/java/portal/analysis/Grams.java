package portal.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** Parts of words, as filters and as tokenizers. */
final class Grams {

  private Grams() {}

  static TokenFilterFactory ngramFilter(IndexSettings index, String name, Settings settings) {
    Size size = Size.of(settings).within(index);
    boolean keep = settings.getAsBoolean("preserve_original", false);
    return new Filters.NotForSynonyms(
        name, input -> new NGramTokenFilter(input, size.min, size.max, keep));
  }

  static TokenFilterFactory edgeFilter(String name, Settings settings) {
    Size size = Size.of(settings);
    boolean keep = settings.getAsBoolean("preserve_original", false);
    String side = settings.get("side", "front");
    return switch (side) {
      case "front" -> new Filters.NotForSynonyms(name, input -> edge(input, size, keep));
      case "back" -> new Filters.NotForSynonyms(
          name,
          input -> new ReverseStringFilter(edge(new ReverseStringFilter(input), size, keep)));
      default -> throw new IllegalArgumentException("invalid side: " + side);
    };
  }

  static TokenizerFactory ngramTokenizer(IndexSettings index, String name, Settings settings) {
    Size size = Size.of(settings).within(index);
    IntPredicate allowed = allowedCharacters(settings);
    return TokenizerFactory.newFactory(
        name,
        () ->
            new NGramTokenizer(size.min, size.max) {
              @Override
              protected boolean isTokenChar(int character) {
                return allowed.test(character);
              }
            });
  }

  static TokenizerFactory edgeTokenizer(String name, Settings settings) {
    Size size = Size.of(settings);
    IntPredicate allowed = allowedCharacters(settings);
    return TokenizerFactory.newFactory(name, () -> edgeTokenizer(size, allowed));
  }

  private static Tokenizer edgeTokenizer(Size size, IntPredicate allowed) {
    return new EdgeNGramTokenizer(size.min, size.max) {
      @Override
      protected boolean isTokenChar(int character) {
        return allowed.test(character);
      }
    };
  }

  private static TokenStream edge(TokenStream input, Size size, boolean keep) {
    return new EdgeNGramTokenFilter(input, size.min, size.max, keep);
  }

  /** Which characters belong to a token; without {@code token_chars}, all of them. */
  private static IntPredicate allowedCharacters(Settings settings) {
    List<IntPredicate> kinds = new ArrayList<>();
    for (String kind : settings.getAsList("token_chars")) {
      kinds.add(characterKind(kind, settings));
    }
    return kinds.isEmpty() ? c -> true : kinds.stream().reduce(c -> false, IntPredicate::or);
  }

  private static IntPredicate characterKind(String kind, Settings settings) {
    return switch (kind) {
      case "letter" -> Character::isLetter;
      case "digit" -> Character::isDigit;
      case "whitespace" -> Character::isWhitespace;
      case "punctuation" -> c -> CharacterTypes.PUNCTUATION.contains(Character.getType(c));
      case "symbol" -> c -> CharacterTypes.SYMBOL.contains(Character.getType(c));
      case "custom" -> c -> settings.get("custom_token_chars", "").indexOf(c) >= 0;
      default -> throw new IllegalArgumentException("Unknown token type: '" + kind + "'");
    };
  }

  private record Size(int min, int max) {
    static Size of(Settings settings) {
      return new Size(settings.getAsInt("min_gram", 1), settings.getAsInt("max_gram", 2));
    }

    Size within(IndexSettings index) {
      if (index != null && max - min > index.getMaxNgramDiff()) {
        throw new IllegalArgumentException(
            "max_gram - min_gram is " + (max - min) + ", more than [index.max_ngram_diff]: "
                + index.getMaxNgramDiff());
      }
      return this;
    }
  }
}
