package io.elottery.heartbeat.impulse;

import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.detector.Suspicion;

/** Told when the judgement of a neighbour changes; on the loop of the exchange. */
@FunctionalInterface
public interface SuspicionListener {
  /**
   * It changed.
   *
   * @param because the evidence, for a person
   */
  void changed(NodeId neighbour, Suspicion from, Suspicion to, String because);
}
