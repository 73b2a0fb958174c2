package io.elottery.controller.vault;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.keyvault.records.RecordTampered;
import io.elottery.keyvault.records.RememberedRecords;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.SealedRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the records in the registry: every main reads all of them every minute, so that its
 * memory of them is fresh and whatever was rolled back, altered or removed is named. LEFT's acting
 * leader writes back what is remembered; so a new network's first records get there, and all of
 * them when the registry lost its data. On main's loop.
 */
public final class RecordWatch implements Duty {
  private static final Logger log = LoggerFactory.getLogger(RecordWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param place where the sealed records lie, unjudged
   * @param founded told on the loop once the place holds the network's records
   */
  public record Ports(
      NodeId self,
      NodeLoop loop,
      Hemispheres halves,
      RememberedRecords sealed,
      RememberedRecords office,
      SealedRecords place,
      AuditTrail audit,
      Runnable founded) {}

  private final Ports ports;
  private boolean sweeping;

  /** Reads nothing until started. */
  public RecordWatch(Ports ports) {
    this.ports = ports;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    sweep();
    ports.loop.every(EVERY, this::sweep);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      found();
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    // What was not written back is by the next leader.
  }

  /** Reads all records now, if that is not under way. */
  public void sweep() {
    if (sweeping) {
      return;
    }
    sweeping = true;
    all()
        .whenComplete(
            (count, problem) ->
                ports.loop.post(
                    () -> {
                      sweeping = false;
                      if (problem != null) {
                        log.debug("records not read: {}", problem.toString());
                      }
                    }));
  }

  /** A record was tampered with; on any thread. */
  public void tampered(RecordTampered event) {
    log.error("{}: look at who may write to ZooKeeper", event.words());
    ports.loop.post(
        () ->
            ports.audit.recordLater(
                new AuditEntry(
                    ports.self.name(),
                    "",
                    "RECORD_TAMPERED",
                    event.place() + "/" + event.name(),
                    event.words(),
                    event.repaired() ? "REPAIRED" : "FOUND")));
  }

  /** What is not as it was left and not repaired, in words. */
  public List<String> unrepaired() {
    return Stream.of(ports.sealed, ports.office)
        .flatMap(records -> records.tampered().stream())
        .map(RecordTampered::words)
        .toList();
  }

  private CompletableFuture<Integer> all() {
    return ports.sealed.sweep().thenCombine(ports.office.sweep(), Integer::sum);
  }

  private void found() {
    if (!ports.halves.coordinates()) {
      return;
    }
    all()
        .thenCompose(count -> Bootstrap.isIn(ports.place))
        .whenComplete(
            (there, problem) ->
                ports.loop.post(
                    () -> {
                      if (problem != null || !there) {
                        log.warn(
                            "vault not founded, tried again soon: {}", String.valueOf(problem));
                        ports.loop.after(AGAIN, this::found);
                      } else {
                        ports.founded.run();
                      }
                    }));
  }
}
