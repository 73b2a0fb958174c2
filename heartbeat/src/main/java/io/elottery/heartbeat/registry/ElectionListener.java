package io.elottery.heartbeat.registry;

import io.elottery.foundation.id.Hemisphere;

/** Told of the outcome of elections, in order per hemisphere, on the registry's threads. */
public interface ElectionListener {
  /**
   * This server leads the hemisphere.
   *
   * @param fence newly taken for it
   */
  void elected(Hemisphere hemisphere, long fence);

  /** This server leads it no more: session lost, handed over or resigned. */
  void deposed(Hemisphere hemisphere);

  /** Who stands for the hemisphere has changed; ask {@link Election#candidates}. */
  default void candidatesChanged(Hemisphere hemisphere) {}
}
