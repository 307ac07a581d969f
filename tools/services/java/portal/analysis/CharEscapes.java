package portal.analysis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Backslash escapes of mapping rules: {@code \n \t \r \b \f}, four-digit code units, any other. */
final class CharEscapes {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)", Pattern.DOTALL);
  private static final String LETTERS = "ntrbf";
  private static final String VALUES = "\n\t\r\b\f";

  private CharEscapes() {}

  static String decode(String text) {
    return ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(one(match.group(1))));
  }

  private static String one(String escape) {
    if (escape.length() > 1) {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
    int known = LETTERS.indexOf(escape);
    return known < 0 ? escape : VALUES.substring(known, known + 1);
  }
}
