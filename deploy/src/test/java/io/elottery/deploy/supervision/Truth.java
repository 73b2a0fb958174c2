package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who really heard a worker when a verdict on it was said: its main by its trunk, each neighbour
 * that lives, is not stopped and does not doubt itself by anything that came over their link
 * (DESIGN section 7, invariant 4). An observer hears it that did so within the bound and the
 * longest way that a packet goes just now; what came a moment before the verdict, so that nobody
 * could tell main yet, counts too.
 */
final class Truth {
  private final Town town;
  private final Duration bound;

  Truth(Town town, Duration bound) {
    this.town = town;
    this.bound = bound;
  }

  /** Whether more than half of them heard it. */
  boolean mostHear(SimMain by, NodeId worker) {
    Map<NodeId, Long> observers = observers(by, worker);
    long most = bound.plus(town.weather().delayMax()).toNanos();
    long hear = observers.values().stream().filter(silence -> silence <= most).count();
    return 2 * hear > observers.size();
  }

  /** How long each has not heard it. */
  String inWords(SimMain by, NodeId worker) {
    StringBuilder words = new StringBuilder();
    observers(by, worker)
        .forEach(
            (observer, silence) ->
                words.append(
                    String.format(
                        "%s%s %.2f s ago", words.isEmpty() ? "" : ", ", observer, silence / 1e9)));
    return words.toString();
  }

  // Each with how long it has not heard it, in nanoseconds.
  private Map<NodeId, Long> observers(SimMain by, NodeId worker) {
    long now = town.world.nanos();
    Map<NodeId, Long> silence = new TreeMap<>();
    by.process().ifPresent(run -> silence.put(by.id, now - last(run.heard.get(worker))));
    for (NodeId neighbour : town.worker(worker).neighbours) {
      Optional<SimWorker.Process> run = town.worker(neighbour).process();
      if (run.isPresent() && !town.node(neighbour).isPaused() && !run.get().impulses.doubtful()) {
        long heard = Math.max(last(run.get().heard.get(worker)), last(run.get().met.get(worker)));
        silence.put(neighbour, now - heard);
      }
    }
    return silence;
  }

  private static long last(@Nullable Hearing hearing) {
    return hearing == null ? Long.MIN_VALUE / 2 : hearing.last();
  }
}
