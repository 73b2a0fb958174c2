package io.elottery.keyvault.rotation;

import java.time.Instant;

/**
 * One epoch that is no more.
 *
 * @param number its number
 * @param madeAt when its key was made
 * @param endedAt when main knew it destroyed
 * @param how which way it ended
 */
public record PastEpoch(int number, Instant madeAt, Instant endedAt, How how) {
  /** Which way an epoch ended. */
  public enum How {
    /** Both ends confirmed its successor and that it is destroyed. */
    RETIRED,
    /** Offered, never in use. */
    WITHDRAWN,
    /** Destroyed by a cut. */
    CUT
  }
}
