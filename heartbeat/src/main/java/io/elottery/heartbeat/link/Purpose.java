package io.elottery.heartbeat.link;

import java.util.Locale;

/** What two workers are linked for; each purpose has a pair key of its own. */
public enum Purpose {
  /** They watch each other and share work. */
  NEIGHBOUR,
  /** They hold replicas of one shard. */
  REPLICA;

  /** As written in link names and identities: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Purpose parse(String text) {
    for (Purpose purpose : values()) {
      if (purpose.text().equals(text)) {
        return purpose;
      }
    }
    throw new IllegalArgumentException(
        "link purpose \"" + text + "\": expected neighbour or replica");
  }
}
