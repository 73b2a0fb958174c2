package io.elottery.keyvault.rotation;

import java.time.Instant;

/**
 * One epoch of a link's key that still exists; says nothing about the key itself.
 *
 * @param number from 1, never used twice for a link
 * @param madeAt when its key was made
 */
public record KeyEpoch(int number, Instant madeAt) {
  /** Checks the range. */
  public KeyEpoch {
    if (number < 1) {
      throw new IllegalArgumentException("key epoch " + number + ": expected 1 …");
    }
  }
}
