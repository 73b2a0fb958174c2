package io.elottery.foundation.simulation;

/**
 * Ends whatever a simulated server was doing at the moment it crashed; only the world catches it.
 */
final class SimCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimCrash(String node) {
    super(node + " crashed", null, false, false);
  }
}
