package io.elottery.lottery.id;

/**
 * What a client names a request by, so that asking twice does it once ({@code Idempotency-Key}).
 *
 * @param text 1 … 128 visible ASCII characters
 */
public record RequestKey(String text) implements Comparable<RequestKey> {
  /** Checks the form. */
  public RequestKey {
    if (text.isEmpty() || text.length() > 128) {
      throw new IllegalArgumentException(
          "key of " + text.length() + " characters: expected 1 to 128");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException(
            "key: expected visible ASCII characters only, found another at " + i);
      }
    }
  }

  /** The key with this text. */
  public static RequestKey of(String text) {
    return new RequestKey(text);
  }

  @Override
  public int compareTo(RequestKey other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
