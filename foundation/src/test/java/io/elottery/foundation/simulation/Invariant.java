package io.elottery.foundation.simulation;

/** Something that holds always; looked at after every event of a {@link SimWorld}. */
@FunctionalInterface
public interface Invariant {
  /**
   * Throws an {@link AssertionError} that says what is broken; changes nothing and sends nothing.
   */
  void check();
}
