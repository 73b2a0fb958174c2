package io.elottery.foundation.id;

/** A main as other servers are configured with it: {@code id@host:port}. */
public record MainAddress(NodeId id, Address address) {
  /**
   * Reads the configured form.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static MainAddress parse(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("main \"" + text + "\": expected id@host:port");
    }
    return new MainAddress(NodeId.of(text.substring(0, at)), Address.parse(text.substring(at + 1)));
  }
}
