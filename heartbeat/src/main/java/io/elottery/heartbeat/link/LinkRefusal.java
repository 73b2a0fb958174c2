package io.elottery.heartbeat.link;

import java.util.Locale;

/** Why a link's connection was refused, at either end. */
public enum LinkRefusal {
  /** The listener holds no key of that name: another epoch, a link that is not open, or cut. */
  UNKNOWN_IDENTITY,
  /** The key of that name is another one. */
  WRONG_KEY,
  /** Not TLS 1.3. */
  TLS_VERSION,
  /** Too many at once, or too slow. */
  LIMIT,
  /** Anything else; the log says what. */
  OTHER;

  /** As a label: lower case, with hyphens. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
