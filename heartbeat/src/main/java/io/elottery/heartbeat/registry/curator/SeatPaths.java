package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;

/** Where the seats lie; {@code docs/zookeeper.md} has the whole tree. */
final class SeatPaths {
  static final String ROOT = "/election";
  static final String COUNTER = "/fence/counter";

  private SeatPaths() {}

  /** The hemisphere's newest fence and who took it. */
  static String fence(Hemisphere hemisphere) {
    return "/fence/" + hemisphere;
  }

  /** Ephemeral: who leads. */
  static String leader(Hemisphere hemisphere) {
    return ROOT + "/" + hemisphere + "/leader";
  }

  /** Who is to lead next; empty with nobody named. */
  static String next(Hemisphere hemisphere) {
    return ROOT + "/" + hemisphere + "/next";
  }

  static String candidates(Hemisphere hemisphere) {
    return ROOT + "/" + hemisphere + "/candidates";
  }

  /** Ephemeral: somebody who stands. */
  static String candidate(Hemisphere hemisphere, NodeId id) {
    return candidates(hemisphere) + "/" + id;
  }
}
