package io.elottery.controller.alerts;

import io.elottery.controller.records.Records;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.FenceOutdated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records dossiers under {@code alerts/}, one after another for each trouble; a blank one is
 * removed. While the registry is away it tries again, and what is to be told is told nevertheless
 * after {@link #PATIENCE}: an alert about the registry must not wait for it. On main's loop.
 */
final class DossierKeeper {
  /** How long an alert waits for its record: 3 s. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(DossierKeeper.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String ROOT = "alerts";

  private final Records records;
  private final Timers timers;
  private final Consumer<Dossier> recorded;
  private final Runnable outdated;
  private final Map<String, Slot> slots = new TreeMap<>();
  private long fence;
  private long term; // Grows with each begin and end: answers to an older one are passed over.

  private static final class Slot {
    private Dossier wanted;
    private boolean writing;
    private boolean dirty;
    private boolean impatient;

    Slot(Dossier wanted) {
      this.wanted = wanted;
    }
  }

  /**
   * @param recorded told when a dossier may be acted on; several times for the same at times
   * @param outdated told when another main writes under a newer fence: nothing more may be sent
   */
  DossierKeeper(Records records, Timers timers, Consumer<Dossier> recorded, Runnable outdated) {
    this.records = records;
    this.timers = timers;
    this.recorded = recorded;
    this.outdated = outdated;
  }

  /** This main writes from now on. */
  void begin(long itsFence) {
    end();
    fence = itsFence;
  }

  /** It does no longer. */
  void end() {
    term++;
    fence = 0;
    slots.clear();
  }

  /** All dossiers that the records hold. */
  CompletableFuture<List<Dossier>> read() {
    return records
        .children(ROOT)
        .thenCompose(
            names -> {
              CompletableFuture<List<Dossier>> all =
                  CompletableFuture.completedFuture(new ArrayList<>());
              for (String name : names) {
                all = all.thenCombine(records.read(ROOT + "/" + name), DossierKeeper::plus);
              }
              return all;
            });
  }

  /** Writes it; a newer one of the same trouble replaces what is not written yet. */
  void save(Dossier dossier) {
    if (fence == 0) {
      return;
    }
    Slot slot = slots.get(dossier.key());
    if (slot == null) {
      slot = new Slot(dossier);
      slots.put(dossier.key(), slot);
      Slot patient = slot;
      long asOf = term;
      timers.after(PATIENCE, () -> waited(patient, asOf));
    }
    slot.wanted = dossier;
    slot.dirty = true;
    if (slot.impatient) {
      recorded.accept(dossier);
    }
    write(slot);
  }

  private void waited(Slot slot, long asOf) {
    if (asOf == term && slots.get(slot.wanted.key()) == slot) {
      slot.impatient = true;
      recorded.accept(slot.wanted);
    }
  }

  private void write(Slot slot) {
    if (slot.writing || !slot.dirty || fence == 0) {
      return;
    }
    slot.writing = true;
    slot.dirty = false;
    Dossier dossier = slot.wanted;
    String path = ROOT + "/" + dossier.name();
    long asOf = term;
    CompletableFuture<Void> done =
        dossier.isBlank()
            ? records.remove(path, fence)
            : records.write(path, dossier.encode(), fence);
    done.whenComplete((nothing, problem) -> written(slot, dossier, asOf, problem));
  }

  private void written(Slot slot, Dossier dossier, long asOf, @Nullable Throwable problem) {
    if (asOf != term) {
      return;
    }
    slot.writing = false;
    if (problem == null) {
      if (slot.dirty) {
        recorded.accept(dossier);
        write(slot);
      } else {
        slots.remove(dossier.key());
        recorded.accept(dossier);
      }
      return;
    }
    slot.dirty = true;
    if (isOutdated(problem)) {
      log.warn("alerts are no longer this main's: {}", problem.getMessage());
      outdated.run();
      return;
    }
    log.debug("alert of {} not recorded, tried again: {}", dossier.key(), problem.toString());
    timers.after(
        AGAIN,
        () -> {
          if (asOf == term) {
            write(slot);
          }
        });
  }

  private static List<Dossier> plus(List<Dossier> all, Optional<byte[]> bytes) {
    bytes.ifPresent(
        found -> {
          try {
            all.add(Dossier.decode(found));
          } catch (MalformedMessage malformed) {
            log.error("a record of alerts is passed over: {}", malformed.getMessage());
          }
        });
    return all;
  }

  private static boolean isOutdated(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return cause instanceof FenceOutdated;
  }
}
