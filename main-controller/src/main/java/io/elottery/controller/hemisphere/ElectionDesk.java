package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the halves as {@link Candidacy} says and tells {@link Hemispheres} what became of it.
 * Steps down when this main slept, or its fence was refused as old. On main's loop; the registry's
 * threads only post to it.
 */
public final class ElectionDesk {
  private static final Logger log = LoggerFactory.getLogger(ElectionDesk.class);
  private static final Duration ASK = Duration.ofMillis(Candidacy.ASK_MILLIS);
  private static final Duration TURN = Duration.ofMillis(100);

  /**
   * What it needs.
   *
   * @param seen the highest fence that any server reports, for the election: raised on main's loop,
   *     read by the registry's threads when they take a fence
   */
  public record Ports(
      NodeLoop loop,
      Hemispheres halves,
      Wakefulness wakefulness,
      Election election,
      AtomicLong seen) {}

  private final NodeLoop loop;
  private final Hemispheres halves;
  private final Wakefulness wakefulness;
  private final Election election;
  private final AtomicLong seen;
  private final Map<Hemisphere, Candidacy> candidacies = new EnumMap<>(Hemisphere.class);
  private final Set<Hemisphere> standing = EnumSet.noneOf(Hemisphere.class);

  /** For this main. */
  public ElectionDesk(NodeId self, Preference preference, Ports ports) {
    this.loop = ports.loop;
    this.halves = ports.halves;
    this.wakefulness = ports.wakefulness;
    this.election = ports.election;
    this.seen = ports.seen;
    for (Hemisphere hemisphere : Hemisphere.values()) {
      candidacies.put(hemisphere, new Candidacy(hemisphere, preference, self));
    }
    halves.onDoubt(election::renew);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    wakefulness.turned();
    ask();
    loop.every(ASK, this::ask);
    loop.every(TURN, this::turned);
  }

  /**
   * Some server has seen this fence. When it is newer than all known here, the registry may have
   * lost its count: then this main goes on under a number above it, or learns that another leads.
   */
  public void fenceSeen(long fence) {
    if (fence > halves.highestFence() && fence > seen.get()) {
      seen.accumulateAndGet(fence, Math::max);
      election.fenceSeen();
    }
  }

  /** Whether this main stands for the half. */
  public boolean stands(Hemisphere hemisphere) {
    return standing.contains(hemisphere);
  }

  /**
   * Steps down and lets the named one be elected before all others; this main goes on standing.
   *
   * @return false when this main does not lead; fails as {@link Election#handOver} does
   */
  public CompletableFuture<Boolean> handOver(Hemisphere hemisphere, NodeId to) {
    halves.deposed(hemisphere, "it is handed over to " + to);
    return election.handOver(hemisphere, to).whenCompleteAsync((given, problem) -> {}, loop);
  }

  private void turned() {
    if (!wakefulness.isAwake()) {
      String why = "this main did nothing for " + wakefulness.rested().toMillis() + " ms";
      for (Hemisphere hemisphere : Hemisphere.values()) {
        halves.doubt(hemisphere, why);
      }
    }
    wakefulness.turned();
  }

  private void ask() {
    seen.accumulateAndGet(halves.highestFence(), Math::max);
    candidacies.forEach(
        (hemisphere, candidacy) -> {
          halves.candidates(hemisphere, election.candidates(hemisphere));
          boolean stands = standing.contains(hemisphere);
          boolean actsHere = halves.acts(hemisphere) && !halves.acts(hemisphere.other());
          boolean should = candidacy.shouldStand(stands, actsHere, halves.candidates(hemisphere));
          if (should && !stands) {
            standing.add(hemisphere);
            election.stand(hemisphere, new Posting());
          } else if (!should && stands) {
            standing.remove(hemisphere);
            election.resign(hemisphere);
          }
        });
  }

  private void elected(Hemisphere hemisphere, long fence) {
    if (!halves.elected(hemisphere, fence)) {
      seen.accumulateAndGet(halves.highestFence(), Math::max);
      log.info("{}: a fence above {} is asked for", hemisphere, seen.get());
      election.renew(hemisphere);
    }
  }

  private final class Posting implements ElectionListener {
    @Override
    public void elected(Hemisphere hemisphere, long fence) {
      loop.post(() -> ElectionDesk.this.elected(hemisphere, fence));
    }

    @Override
    public void deposed(Hemisphere hemisphere) {
      loop.post(() -> halves.deposed(hemisphere, "the registry gave the seat away or is lost"));
    }
  }
}
