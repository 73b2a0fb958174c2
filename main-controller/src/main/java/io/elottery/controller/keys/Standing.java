package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.keyvault.rotation.StandingApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What main may do with keys without asking, as recorded under {@code keys-standing}. While none
 * was ever given, a new network's own counts, which allows first keys. On main's loop.
 */
final class Standing implements Duty {
  private static final Logger log = LoggerFactory.getLogger(Standing.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final KeyPorts ports;
  private final TypedRecord<StandingApproval> record;
  private Optional<StandingApproval> current = Optional.empty();
  private long term;

  Standing(KeyPorts ports) {
    this.ports = ports;
    this.record =
        new TypedRecord<>(
            ports.office(),
            ports.loop(),
            "keys-standing",
            StandingApproval::encoded,
            StandingApproval::decoded);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      term++;
      current = Optional.empty();
      read(term);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      term++;
      current = Optional.empty();
    }
  }

  /** What counts, once it is known. */
  Optional<StandingApproval> current() {
    return current;
  }

  /** Why no link may begin under it now; empty when one may. */
  Optional<String> refusal() {
    Instant now = ports.loop().time().now();
    if (current.isEmpty()) {
      return Optional.of("the standing approval is not read yet");
    }
    StandingApproval is = current.get();
    if (!is.revokedBy().isEmpty()) {
      return Optional.of("waits for approval: " + is.revokedBy() + " took the standing one back");
    }
    if (!is.isInForce(now)) {
      return Optional.of("waits for approval: the standing one ended at " + is.until());
    }
    return is.left(now) > 0
        ? Optional.empty()
        : Optional.of("waits for tomorrow: " + is.linksPerDay() + " links began today");
  }

  /** Counts links as begun; completes once that is recorded. */
  CompletableFuture<Void> use(int links) {
    if (current.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("not read yet"));
    }
    // The founding one has no bound: nothing to count.
    return current.get().isFounding()
        ? CompletableFuture.completedFuture(null)
        : write(current.get().using(links, ports.loop().time().now()));
  }

  /** Takes another in its place, once recorded. */
  CompletableFuture<Void> write(StandingApproval next) {
    long mine = term;
    // In memory at once, so that two links beginning together are counted as two.
    Optional<StandingApproval> before = current;
    current = Optional.of(next);
    return record
        .write(next)
        .whenComplete(
            (done, problem) -> {
              if (problem != null && mine == term && current.equals(Optional.of(next))) {
                current = before;
              }
            });
  }

  private void read(long mine) {
    if (mine != term) {
      return;
    }
    record
        .read()
        .whenComplete(
            (found, problem) -> {
              if (mine != term) {
                return;
              }
              if (found == null) {
                log.debug("standing approval not read: {}", String.valueOf(problem));
                ports.loop().after(AGAIN, () -> read(mine));
                return;
              }
              current = Optional.of(found.orElseGet(StandingApproval::founding));
            });
  }
}
