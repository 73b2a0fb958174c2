package io.elottery.controller.alerts;

import io.elottery.controller.staff.ActionRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a receiver is reached: {@code https}, or {@code http} on this machine's loopback. No user
 * and password in it, no fragment.
 *
 * @param url whole; path and query may hold a secret of the receiver's own
 * @param host scheme, host and port, for people
 */
record WebhookAddress(String url, String host) {
  private static final int LENGTH_MAX = 500;

  /** Checks what somebody typed. */
  static WebhookAddress parse(String text) throws ActionRefused {
    if (text.length() > LENGTH_MAX) {
      throw refused("an address of at most " + LENGTH_MAX + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException odd) {
      throw refused("an address such as https://pager.example.org/hook");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String name = uri.getHost();
    if (name == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refused("a host, and neither user, password nor fragment");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(name))) {
      throw refused("https, or http on loopback");
    }
    int port = uri.getPort();
    if (port == 0 || port > 65_535) {
      throw refused("a port from 1 to 65535");
    }
    return new WebhookAddress(text, scheme + "://" + name + (port < 0 ? "" : ":" + port));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static ActionRefused refused(String expected) {
    return ActionRefused.invalid("url", "Expected " + expected + " in \"url\".");
  }

  @Override
  public String toString() {
    return host;
  }
}
