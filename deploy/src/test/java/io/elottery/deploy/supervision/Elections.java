package io.elottery.deploy.supervision;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registry's part: sessions end when a main is away for two seconds, the next one is elected
 * under a greater fence, and the preferred one gets its half back. A main that was away learns late
 * that it was deposed.
 */
final class Elections {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final long SESSION = 2_000_000_000L;

  private final Town town;
  private final Map<Hemisphere, NodeId> holders = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, Long> since = new EnumMap<>(Hemisphere.class);
  private final Map<NodeId, Long> seen = new HashMap<>();
  private final Map<NodeId, Long> starts = new HashMap<>();
  private long fence;

  Elections(Town town) {
    this.town = town;
  }

  void begin() {
    look();
  }

  Optional<NodeId> holder(Hemisphere half) {
    return Optional.ofNullable(holders.get(half));
  }

  /** Since when the holder holds it, by the world's clock. */
  long since(Hemisphere half) {
    return since.getOrDefault(half, Long.MAX_VALUE);
  }

  private void look() {
    long now = town.world.nanos();
    for (SimMain main : town.mains.values()) {
      boolean restarted =
          main.node.isAlive() && !Long.valueOf(main.node.starts()).equals(starts.get(main.id));
      if (restarted) {
        starts.put(main.id, main.node.starts());
        holders.values().removeIf(main.id::equals);
      }
      if (main.node.isAlive() && !main.node.isPaused()) {
        seen.put(main.id, now);
      }
    }
    for (Hemisphere half : Hemisphere.values()) {
      choose(half, now);
    }
    town.world.after(LOOK, this::look);
  }

  private void choose(Hemisphere half, long now) {
    NodeId holder = holders.get(half);
    NodeId best = null;
    for (NodeId candidate : preference(half)) {
      boolean fit = now - seen.getOrDefault(candidate, Long.MIN_VALUE / 2) < SESSION;
      if (fit && (best == null)) {
        best = candidate;
      }
    }
    if (best == null || best.equals(holder)) {
      return;
    }
    boolean here = seen.getOrDefault(best, 0L) == now;
    if (!here) {
      return;
    }
    if (holder != null) {
      town.main(holder)
          .process()
          .ifPresent(run -> run.loop.post(() -> run.halves.deposed(half, "its session is over")));
    }
    holders.put(half, best);
    since.put(half, now);
    long next = ++fence;
    town.world.trace(best, "is elected for " + half, next);
    town.main(best).process().ifPresent(run -> run.loop.post(() -> run.halves.elected(half, next)));
  }

  private List<NodeId> preference(Hemisphere half) {
    List<NodeId> names = List.copyOf(town.mains.keySet());
    return half == Hemisphere.LEFT || names.size() == 1
        ? names
        : Stream.concat(
                Stream.of(names.get(1)), names.stream().filter(name -> !name.equals(names.get(1))))
            .toList();
  }
}
