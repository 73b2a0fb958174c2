package io.elottery.foundation.fault;

/** A promise of our own code does not hold: a bug. The node that meets one stops. */
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the promise and the values that break it. */
  public InvariantViolation(String message) {
    super(message);
  }
}
