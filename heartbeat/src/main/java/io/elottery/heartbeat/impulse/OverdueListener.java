package io.elottery.heartbeat.impulse;

import io.elottery.foundation.id.NodeId;

/** Who is told of impulses that are late. On the loop of the exchange. */
public interface OverdueListener {
  /** Nobody is told. */
  OverdueListener NOBODY =
      new OverdueListener() {
        @Override
        public void overdue(NodeId neighbour) {}

        @Override
        public void heardAgain(NodeId neighbour) {}
      };

  /** The neighbour's impulse is late by a seventh of the usual gap; told once for each silence. */
  void overdue(NodeId neighbour);

  /** It has come after all. */
  void heardAgain(NodeId neighbour);
}
