package io.elottery.controller.health;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.reports.history.ReportNumbers;
import io.elottery.reports.trouble.Gaps;
import io.elottery.reports.trouble.Surroundings;
import io.elottery.reports.trouble.Surroundings.LedgerAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a main sees beside the workers: the other mains, ZooKeeper, the vault, what it had to drop.
 * Just started it calls nothing away. On main's loop.
 */
public final class Lookout implements Supplier<Surroundings> {
  private static final Duration STARTING = Duration.ofSeconds(5);
  private static final Duration LATELY = Duration.ofMinutes(1);

  /**
   * Where it looks.
   *
   * @param registryAway since when there is no session with ZooKeeper
   * @param mains all other mains
   * @param isConnected whether another main is connected
   * @param sealed each main with a sealed compartment, and those compartments
   * @param dropped reports dropped since the start
   * @param gaps reports that did not come, oldest first
   * @param alarms what auditors say of the ledger
   * @param hosts where each worker runs, as far as known
   */
  public record Ports(
      NodeLoop loop,
      Supplier<Optional<Instant>> registryAway,
      List<NodeId> mains,
      Predicate<NodeId> isConnected,
      Supplier<Map<NodeId, List<String>>> sealed,
      LongSupplier dropped,
      Supplier<List<ReportNumbers.Gap>> gaps,
      Supplier<List<LedgerAlarm>> alarms,
      Supplier<Map<NodeId, String>> hosts) {}

  private final Ports ports;
  private final Instant started;
  private long droppedBefore;
  private long droppedLately;
  private Instant droppedAt = Instant.EPOCH;

  /** Looks from now on. */
  public Lookout(Ports ports) {
    this.ports = ports;
    started = ports.loop.time().now();
  }

  @Override
  public Surroundings get() {
    Instant now = ports.loop.time().now();
    boolean starting = now.isBefore(started.plus(STARTING));
    long dropped = ports.dropped.getAsLong();
    if (dropped > droppedBefore) {
      droppedLately = droppedLately(now) + dropped - droppedBefore;
      droppedBefore = dropped;
      droppedAt = now;
    }
    return new Surroundings(
        starting
            ? List.of()
            : ports.mains.stream().filter(main -> !ports.isConnected.test(main)).toList(),
        starting ? Optional.empty() : ports.registryAway.get(),
        starting ? Map.of() : ports.sealed.get(),
        droppedLately(now),
        Map.of(),
        Gaps.lasting(ports.gaps.get(), now),
        ports.alarms.get(),
        ports.hosts.get());
  }

  private long droppedLately(Instant now) {
    return droppedAt.isBefore(now.minus(LATELY)) ? 0 : droppedLately;
  }
}
