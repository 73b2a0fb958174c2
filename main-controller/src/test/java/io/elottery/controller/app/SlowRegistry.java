package io.elottery.controller.app;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a town's registry do one thing after the other, each taking a while. */
final class SlowRegistry {
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private SlowRegistry() {}

  static void in(Town town, Duration each) {
    SlowRegistry slow = new SlowRegistry();
    Wire.Station station = town.wire.station("zookeeper", Role.MAIN);
    station.loop.every(each, slow::next);
    town.registry.answers = slow.waiting::addLast;
  }

  private void next() {
    Runnable oldest = waiting.pollFirst();
    if (oldest != null) {
      oldest.run();
    }
  }
}
