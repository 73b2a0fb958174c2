package io.elottery.foundation.id;

/**
 * Where a server listens: {@code host:port}.
 *
 * @param host a name or an address; IPv6 in brackets
 * @param port 0 … 65535; 0 only where a free one is to be picked
 */
public record Address(String host, int port) {
  private static final int HOST_MAX = 255; // RFC 1035 §2.3.4

  /** Checks the range. */
  public Address {
    if (host.isEmpty() || host.length() > HOST_MAX || port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "address \""
              + host
              + ":"
              + port
              + "\": expected host:port, host 1 … 255 characters, port 0 … 65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (NumberFormatException notANumber) {
      // Falls through: the same answer as for any other text.
    }
    throw new IllegalArgumentException("address \"" + text + "\": expected host:port");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
