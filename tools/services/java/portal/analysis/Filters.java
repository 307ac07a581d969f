package portal.analysis;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** The three ways in which a filter may behave outside its own chain. */
final class Filters {

  private Filters() {}

  /** A filter for analyzers only. */
  record Plain(String name, UnaryOperator<TokenStream> wrap) implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return wrap.apply(input);
    }
  }

  /** One token in, one out: also allowed in keyword normalizers and for wildcard queries. */
  record Normalizing(String name, UnaryOperator<TokenStream> wrap)
      implements NormalizingTokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return wrap.apply(input);
    }
  }

  /** Several tokens at one place: a synonym rule could not be read through it. */
  record NotForSynonyms(String name, UnaryOperator<TokenStream> wrap)
      implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return wrap.apply(input);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw new IllegalArgumentException(
          "Token filter [" + name + "] cannot be used to parse synonyms");
    }
  }
}
