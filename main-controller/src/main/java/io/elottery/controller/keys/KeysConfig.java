package io.elottery.controller.keys;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.keyvault.rotation.KeyAgeLimits;
import io.elottery.keyvault.rotation.LinkMachine;
import java.time.Duration;

/**
 * What main does with pair keys.
 *
 * @param ageYellow {@code keys.age-yellow} (90 d): an older key is shown yellow; too low: officers
 *     learn to look away
 * @param ageRed {@code keys.age-red} (120 d): an older key is shown red; not below yellow
 * @param deadline {@code keys.step-deadline} (30 s): how long both ends may take for one stage of a
 *     rotation; too low: rotations are taken back for a slow server, too high: a stuck one holds up
 *     its wave
 * @param clock {@code keys.due-interval} (1 h): between two looks for keys that are due under the
 *     standing approval
 */
public record KeysConfig(Duration ageYellow, Duration ageRed, Duration deadline, Duration clock) {
  /** Reads the keys. */
  public static KeysConfig from(ConfigSource source) {
    Duration yellow = source.duration("keys.age-yellow", Duration.ofDays(90));
    Duration red = source.duration("keys.age-red", Duration.ofDays(120));
    if (red.compareTo(yellow) < 0) {
      source.refuse("keys.age-red", "expected no less than keys.age-yellow");
    }
    return new KeysConfig(
        yellow,
        red,
        source.duration("keys.step-deadline", LinkMachine.DEADLINE),
        source.duration("keys.due-interval", Duration.ofHours(1)));
  }

  /** As nothing else is configured. */
  public static KeysConfig standard() {
    return new KeysConfig(
        Duration.ofDays(90), Duration.ofDays(120), LinkMachine.DEADLINE, Duration.ofHours(1));
  }

  /** The limits of age. */
  KeyAgeLimits ages() {
    return new KeyAgeLimits(ageYellow, ageRed);
  }
}
