package portal.analysis;

import java.util.Set;

/** Unicode's general categories behind two words of the parameter {@code token_chars}. */
final class CharacterTypes {

  static final Set<Integer> PUNCTUATION =
      Set.of(
          (int) Character.START_PUNCTUATION,
          (int) Character.END_PUNCTUATION,
          (int) Character.OTHER_PUNCTUATION,
          (int) Character.CONNECTOR_PUNCTUATION,
          (int) Character.DASH_PUNCTUATION,
          (int) Character.INITIAL_QUOTE_PUNCTUATION,
          (int) Character.FINAL_QUOTE_PUNCTUATION);
  static final Set<Integer> SYMBOL =
      Set.of(
          (int) Character.CURRENCY_SYMBOL,
          (int) Character.MATH_SYMBOL,
          (int) Character.OTHER_SYMBOL,
          (int) Character.MODIFIER_SYMBOL);

  private CharacterTypes() {}
}
