package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.FenceCounter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the halves as {@link Candidacy} says and tells {@link Hemispheres} what became of it.
 * On main's loop; the registry's threads only post to it.
 */
public final class ElectionDesk {
  private static final Logger log = LoggerFactory.getLogger(ElectionDesk.class);
  private static final Duration ASK = Duration.ofMillis(Candidacy.ASK_MILLIS);

  private final NodeId self;
  private final NodeLoop loop;
  private final Hemispheres halves;
  private final Election election;
  private final FenceCounter fences;
  // Raised on main's loop; read by the registry's threads when they take a fence.
  private final AtomicLong seen;
  private final Map<Hemisphere, Candidacy> candidacies = new EnumMap<>(Hemisphere.class);
  private final Set<Hemisphere> standing = EnumSet.noneOf(Hemisphere.class);
  private long highestAsked;

  /**
   * For this main.
   *
   * @param seen the highest fence that any server reports, for the election
   */
  public ElectionDesk(
      NodeId self,
      Preference preference,
      NodeLoop loop,
      Hemispheres halves,
      Election election,
      FenceCounter fences,
      AtomicLong seen) {
    this.self = self;
    this.loop = loop;
    this.halves = halves;
    this.election = election;
    this.fences = fences;
    this.seen = seen;
    for (Hemisphere hemisphere : Hemisphere.values()) {
      candidacies.put(hemisphere, new Candidacy(hemisphere, preference, self));
    }
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    seen.accumulateAndGet(halves.highestFence(), Math::max);
    ask();
    loop.every(ASK, this::ask);
  }

  /**
   * Some server has seen this fence. When it is newer than all known here, the registry has lost
   * its count, and this main goes on under a number above it.
   */
  public void fenceSeen(long fence) {
    seen.accumulateAndGet(fence, Math::max);
    if (fence <= Math.max(halves.highestFence(), highestAsked)) {
      return;
    }
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (halves.acts(hemisphere)) {
        highestAsked = fence;
        fences
            .next(hemisphere, self, fence)
            .whenComplete(
                (next, problem) -> {
                  if (next == null) {
                    log.warn(
                        "{}: no fence above {}: {}", hemisphere, fence, String.valueOf(problem));
                  } else {
                    loop.post(() -> raised(hemisphere, next));
                  }
                });
      }
    }
  }

  private void raised(Hemisphere hemisphere, long fence) {
    if (halves.acts(hemisphere)) {
      halves.elected(hemisphere, fence);
    }
  }

  private void ask() {
    candidacies.forEach(
        (hemisphere, candidacy) -> {
          halves.candidates(hemisphere, election.candidates(hemisphere));
          boolean stands = standing.contains(hemisphere);
          boolean should = candidacy.shouldStand(stands, halves.candidates(hemisphere));
          if (should && !stands) {
            standing.add(hemisphere);
            election.stand(hemisphere, new Posting());
          } else if (!should && stands) {
            standing.remove(hemisphere);
            election.resign(hemisphere);
          }
        });
  }

  private final class Posting implements ElectionListener {
    @Override
    public void elected(Hemisphere hemisphere, long fence) {
      loop.post(() -> halves.elected(hemisphere, fence));
    }

    @Override
    public void deposed(Hemisphere hemisphere) {
      loop.post(() -> halves.deposed(hemisphere, "the registry gave the seat away or is lost"));
    }
  }
}
