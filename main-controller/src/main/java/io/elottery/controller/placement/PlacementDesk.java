package io.elottery.controller.placement;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.records.Records;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is one ring: LEFT's leader reads {@code ring} from the records; when there
 * is none it records the one of its roster, and only when that has none either places the shards on
 * the workers of {@code network.yaml}. On main's loop.
 */
public final class PlacementDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(PlacementDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String PATH = "ring";

  private final Records records;
  private final Timers timers;
  private final Hemispheres halves;
  private final RosterKeeper roster;
  private final NetworkPlan plan;
  private final PlacementConfig config;
  private final PlacementBook book;

  /** Does nothing until this main acts for LEFT. */
  public PlacementDesk(
      Records records,
      Timers timers,
      Hemispheres halves,
      RosterKeeper roster,
      NetworkPlan plan,
      PlacementConfig config) {
    this.records = records;
    this.timers = timers;
    this.halves = halves;
    this.roster = roster;
    this.plan = plan;
    this.config = config;
    this.book = new PlacementBook(records, halves, roster::place);
  }

  /** Who is to hold what. */
  public PlacementBook book() {
    return book;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      settle(fence);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    // What was under way checks the fence before it goes on.
    if (hemisphere == Hemisphere.LEFT) {
      book.forget();
    }
  }

  private void settle(long fence) {
    if (!stillActs(fence)) {
      return;
    }
    records
        .read(PATH)
        .thenCompose(recorded -> recorded.isPresent() ? read(recorded.get()) : place(fence))
        .thenCompose(book::recall)
        .whenComplete((ring, problem) -> settled(fence, ring, problem));
  }

  private void settled(long fence, @Nullable Ring ring, @Nullable Throwable problem) {
    if (ring == null) {
      log.warn("no ring yet, tried again soon: {}", String.valueOf(problem));
      timers.after(AGAIN, () -> settle(fence));
    } else if (stillActs(fence)) {
      roster.place(ring);
    }
  }

  private static CompletableFuture<Ring> read(byte[] recorded) {
    try {
      return CompletableFuture.completedFuture(Ring.decode(recorded));
    } catch (MalformedMessage malformed) {
      return CompletableFuture.failedFuture(malformed);
    }
  }

  // The roster's ring comes first: workers hold tickets by it even when the records were lost.
  private CompletableFuture<Ring> place(long fence) {
    Optional<Ring> known = roster.ring();
    if (known.isEmpty() && plan.workers().isEmpty()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("network.yaml names no worker to place shards on"));
    }
    Ring ring =
        known.orElseGet(
            () -> RingBuilder.place(plan.locations(), config.shards(), config.copies()));
    log.info("ring version {} recorded: {} shards", ring.version(), ring.shards());
    return records.write(PATH, ring.encode(), fence).thenApply(done -> ring);
  }

  private boolean stillActs(long fence) {
    return halves.fence(Hemisphere.LEFT).filter(own -> own == fence).isPresent();
  }
}
