package portal.analysis;

import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_ALL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_NUMBERS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_WORDS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.IGNORE_KEYWORDS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** The filter {@code word_delimiter_graph}: codes such as {@code 12/QĐ-UBND} and their parts. */
final class WordParts {

  private static final Map<String, Integer> ON_BY_DEFAULT =
      Map.of(
          "generate_word_parts", GENERATE_WORD_PARTS,
          "generate_number_parts", GENERATE_NUMBER_PARTS,
          "split_on_case_change", SPLIT_ON_CASE_CHANGE,
          "split_on_numerics", SPLIT_ON_NUMERICS,
          "stem_english_possessive", STEM_ENGLISH_POSSESSIVE);
  private static final Map<String, Integer> OFF_BY_DEFAULT =
      Map.of(
          "catenate_words", CATENATE_WORDS,
          "catenate_numbers", CATENATE_NUMBERS,
          "catenate_all", CATENATE_ALL,
          "preserve_original", PRESERVE_ORIGINAL,
          "ignore_keywords", IGNORE_KEYWORDS);
  /** The numbers that Lucene's table of character types uses, which it keeps to itself. */
  private static final Map<String, Byte> TYPES =
      Map.of(
          "LOWER", (byte) 1,
          "UPPER", (byte) 2,
          "ALPHA", (byte) 3,
          "DIGIT", (byte) 4,
          "ALPHANUM", (byte) 7,
          "SUBWORD_DELIM", (byte) 8);

  private WordParts() {}

  static TokenFilterFactory filter(Environment env, String name, Settings settings) {
    int flags = flags(settings, ON_BY_DEFAULT, true) | flags(settings, OFF_BY_DEFAULT, false);
    boolean adjust = settings.getAsBoolean("adjust_offsets", true);
    byte[] types = types(Analysis.getWordList(env, settings, "type_table"));
    Set<?> words = Analysis.getWordSet(env, settings, "protected_words");
    CharArraySet kept = words == null ? null : CharArraySet.copy(words);
    return new Filters.NotForSynonyms(
        name, input -> new WordDelimiterGraphFilter(input, adjust, types, flags, kept));
  }

  private static int flags(Settings settings, Map<String, Integer> known, boolean usual) {
    return known.entrySet().stream()
        .filter(flag -> settings.getAsBoolean(flag.getKey(), usual))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static byte[] types(List<String> rules) {
    byte[] table = WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE;
    for (String rule : rules == null ? List.<String>of() : rules) {
      table = withRule(table, rule);
    }
    return table;
  }

  private static byte[] withRule(byte[] table, String rule) {
    int arrow = rule.lastIndexOf("=>");
    String character = arrow < 0 ? "" : CharEscapes.decode(rule.substring(0, arrow).strip());
    Byte type = arrow < 0 ? null : TYPES.get(rule.substring(arrow + 2).strip());
    if (character.length() != 1 || type == null) {
      throw new IllegalArgumentException("Invalid mapping rule : [" + rule + "]");
    }
    int place = character.charAt(0);
    byte[] longer = Arrays.copyOf(table, Math.max(table.length, place + 1));
    for (int i = table.length; i < longer.length; i++) {
      longer[i] = WordDelimiterIterator.getType(i);
    }
    longer[place] = type;
    return longer;
  }
}
