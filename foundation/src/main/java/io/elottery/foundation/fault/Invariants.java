package io.elottery.foundation.fault;

/** Checks that stay on in production. */
public final class Invariants {
  private Invariants() {}

  /**
   * Throws unless {@code holds}.
   *
   * @param promise a {@link String#format} text that says what must hold
   * @throws InvariantViolation with the promise and its values
   */
  public static void check(boolean holds, String promise, Object... values) {
    if (!holds) {
      throw new InvariantViolation(String.format(promise, values));
    }
  }
}
