package io.elottery.lottery.checker;

/**
 * Something that must not be.
 *
 * @param what in one sentence, with the tickets and positions concerned
 */
public record Finding(Kind kind, String what) {
  /** Which promise is broken. */
  public enum Kind {
    /** Acknowledged and not there. */
    LOST,
    /** There with another receipt than the one that was given. */
    CHANGED,
    /** There twice, or two at one position. */
    DOUBLED,
    /** There and never asked for. */
    PHANTOM,
    /** Refused and there. */
    REFUSED_THERE,
    /** Acknowledged before another was sent, and behind it. */
    OUT_OF_ORDER,
    /** What was issued is not what is there. */
    MONEY
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
