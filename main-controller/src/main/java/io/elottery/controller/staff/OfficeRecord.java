package io.elottery.controller.staff;

import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.keyvault.vault.SignedRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One signed record as the main that acts for LEFT works on it: read once, changed one change after
 * the other, each stored before it counts. A write that may or may not have been done is done
 * again, the same bytes, for as long as this main acts and somebody waits; then the record is read
 * again. On main's loop.
 *
 * @param <T> what the record holds; immutable
 */
final class OfficeRecord<T> {
  private static final Logger log = LoggerFactory.getLogger(OfficeRecord.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int TRIES = 5;
  private static final int WAITING_MAX = 1_000;

  /** How the value becomes bytes and comes back. */
  interface Codec<T> {
    byte[] write(T value);

    T read(byte[] bytes) throws MalformedMessage;
  }

  /** Decides on the value as it stands; no effects. */
  @FunctionalInterface
  interface Change<T, R> {
    Outcome<T, R> of(T now) throws ActionRefused;
  }

  /**
   * What a change leads to.
   *
   * @param next is stored, unless it is the very same value
   */
  record Outcome<T, R>(T next, R result) {}

  /**
   * What it needs.
   *
   * @param records asked for when they are needed: the vault's parts are wired later
   * @param loop on which everything here runs
   */
  record Ports(Supplier<SignedRecords> records, Timers timers, Executor loop) {}

  private final Ports ports;
  private final String name;
  private final Optional<T> none;
  private final Codec<T> codec;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private @Nullable T value;
  private Optional<T> last = Optional.empty(); // as it was when it was seen last
  private boolean writing;
  private long generation; // Answers of an older one are passed over.

  /**
   * Not read yet.
   *
   * @param none what an absent record holds; empty when there must be one
   */
  OfficeRecord(Ports ports, String name, Optional<T> none, Codec<T> codec) {
    this.ports = ports;
    this.name = name;
    this.none = none;
    this.codec = codec;
  }

  /** This main acts from now on: reads until that succeeds, then calls {@code ready}. */
  void begin(Runnable ready) {
    generation++;
    value = null;
    writing = false;
    load(generation, ready);
  }

  /** It no longer does. */
  void end() {
    generation++;
    value = null;
    writing = false;
    drain();
  }

  /** The value, once it was read and while no write is in doubt. */
  Optional<T> value() {
    return Optional.ofNullable(value);
  }

  /** What was seen last, however long ago; empty when nothing ever was. */
  Optional<T> remembered() {
    return last;
  }

  /** The record as it is stored now, for a main that only looks. */
  CompletableFuture<Optional<T>> look() {
    return ports
        .records
        .get()
        .read(name)
        .thenCompose(
            bytes -> {
              try {
                return CompletableFuture.completedFuture(
                    bytes.isPresent() ? Optional.of(codec.read(bytes.get())) : none);
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(malformed);
              }
            })
        .whenCompleteAsync(
            (found, problem) -> {
              if (found != null && found.isPresent()) {
                last = found;
              }
            },
            ports.loop);
  }

  /**
   * Changes it, after all changes asked for before. Fails with what the change refuses, or when it
   * was not stored for certain.
   */
  <R> CompletableFuture<R> change(Change<T, R> change) {
    CompletableFuture<R> done = new CompletableFuture<>();
    if (waiting.size() >= WAITING_MAX) {
      done.completeExceptionally(StaffDesk.notReady());
      return done;
    }
    waiting.add(() -> run(change, done));
    drain();
    return done;
  }

  private void drain() {
    while (!writing) {
      Runnable next = waiting.poll();
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  private <R> void run(Change<T, R> change, CompletableFuture<R> done) {
    T now = value;
    if (now == null) {
      done.completeExceptionally(StaffDesk.notReady());
      return;
    }
    Outcome<T, R> outcome;
    try {
      outcome = change.of(now);
    } catch (ActionRefused refused) {
      done.completeExceptionally(refused);
      return;
    }
    if (outcome.next == now) {
      done.complete(outcome.result);
      return;
    }
    writing = true;
    store(generation, new Writing<>(outcome, codec.write(outcome.next), done), TRIES);
  }

  /** A change on its way to the record. */
  private record Writing<T, R>(Outcome<T, R> outcome, byte[] bytes, CompletableFuture<R> done) {}

  private <R> void store(long mine, Writing<T, R> change, int tries) {
    ports
        .records
        .get()
        .write(name, change.bytes)
        .whenCompleteAsync((stored, problem) -> stored(mine, change, tries, problem), ports.loop);
  }

  private <R> void stored(long mine, Writing<T, R> change, int tries, @Nullable Throwable problem) {
    boolean acting = mine == generation;
    if (problem == null) {
      if (acting) {
        value = change.outcome.next;
        last = Optional.of(change.outcome.next);
      }
      change.done.complete(change.outcome.result);
    } else if (tries == TRIES && isOutdated(problem)) {
      change.done.completeExceptionally(StaffDesk.notReady());
    } else if (acting && tries > 1 && !isOutdated(problem)) {
      if (tries == TRIES) {
        log.warn("{} perhaps not stored, asked for again: {}", name, problem.toString());
        value = null;
      }
      ports.timers.after(AGAIN, () -> storeAgain(mine, change, tries - 1));
      return;
    } else {
      change.done.completeExceptionally(inDoubt());
    }
    if (acting) {
      writing = false;
      if (problem != null) {
        log.warn("{} not stored, reading it again: {}", name, problem.toString());
        value = null;
        load(generation, () -> {});
      }
      drain();
    }
  }

  private <R> void storeAgain(long mine, Writing<T, R> change, int tries) {
    if (mine == generation) {
      store(mine, change, tries);
    } else {
      change.done.completeExceptionally(inDoubt());
    }
  }

  private static boolean isOutdated(Throwable problem) {
    return problem instanceof FenceOutdated
        || problem instanceof CompletionException && problem.getCause() instanceof FenceOutdated;
  }

  private void load(long mine, Runnable ready) {
    look()
        .whenComplete(
            (found, problem) -> {
              if (mine != generation) {
                return;
              }
              if (found == null || found.isEmpty()) {
                if (problem != null) {
                  log.warn("{} not read, tried again soon: {}", name, problem.toString());
                }
                ports.timers.after(AGAIN, () -> again(mine, ready));
                return;
              }
              value = found.get();
              ready.run();
              drain();
            });
  }

  private void again(long mine, Runnable ready) {
    if (mine == generation) {
      load(mine, ready);
    }
  }

  private static ActionRefused inDoubt() {
    return new ActionRefused(
        503, "OUTCOME_UNKNOWN", "It may or may not have been stored; look first.", "");
  }
}
