package io.elottery.web.config;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;

/** A main this gateway dials, configured as {@code id@host:port}. */
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
