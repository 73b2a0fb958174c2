package io.elottery.foundation.id;

import java.util.Locale;

/** What a server is, as its certificate (organisational unit) says; decides what it may ask for. */
public enum Role {
  /** A main process: coordinator of a hemisphere, or its substitute. */
  MAIN,
  /** A worker. */
  WORKER,
  /** A gateway ({@code lottery-web}). */
  GATEWAY,
  /** An auditor process. */
  AUDITOR,
  /** A ZooKeeper server. */
  ZOOKEEPER,
  /** The staff's command. */
  STAFF,
  /** Not yet enrolled: has shown no certificate and may only enrol. */
  JOINING;

  /** The role as written in certificates, tokens and configuration: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("role \"" + text + "\": expected main, worker, gateway, …");
  }
}
