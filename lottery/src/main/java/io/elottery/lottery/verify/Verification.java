package io.elottery.lottery.verify;

import java.util.List;

/**
 * What became of checking a bundle.
 *
 * @param checks in order; after one that does not hold there is none
 * @param status of the draw as the bundle says; empty when it could not be read
 */
public record Verification(Verdict verdict, List<Check> checks, String status) {
  /** Copies. */
  public Verification {
    checks = List.copyOf(checks);
  }
}
