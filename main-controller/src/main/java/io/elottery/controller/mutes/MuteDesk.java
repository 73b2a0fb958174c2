package io.elottery.controller.mutes;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.health.TroubleListener;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.mute.Mute;
import io.elottery.reports.mute.MuteEnd;
import io.elottery.reports.mute.MuteWatch;
import io.elottery.reports.mute.Mutes;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mutes in the record {@code mutes} while this main acts for LEFT, and ends those that
 * are over; beginning and end are events. A mute that is over no longer mutes at once, also while
 * the registry is away. A main that does not act reads the record every five seconds, to show them.
 * On main's loop.
 */
public final class MuteDesk implements Duty, TroubleListener {
  private static final Logger log = LoggerFactory.getLogger(MuteDesk.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final String PATH = "mutes";

  private final Records records;
  private final Timers timers;
  private final Time time;
  private final EventSink events;
  private MuteWatch watch = new MuteWatch();
  private Optional<Mutes> current = Optional.empty();
  private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);
  private List<Trouble> troubles = List.of();
  private boolean unrecorded; // An end that is in force and not in the record yet.
  private long fence;
  private long term; // Grows with each begin and end.

  /** Knows no mutes until they were read. */
  public MuteDesk(Records records, Timers timers, Time time, EventSink events) {
    this.records = records;
    this.timers = timers;
    this.time = time;
    this.events = events;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    timers.every(TICK, this::turn);
    timers.every(AGAIN, this::look);
    look();
  }

  /** Those in force; empty while they are not known. */
  public Optional<Mutes> current() {
    return current;
  }

  /** What is troubled now, as last heard. */
  public List<Trouble> troubles() {
    return troubles;
  }

  @Override
  public void changed(List<Trouble> now) {
    troubles = List.copyOf(now);
    turn();
  }

  @Override
  public void begin(Hemisphere hemisphere, long itsFence) {
    if (hemisphere == Hemisphere.LEFT) {
      end(hemisphere);
      fence = itsFence;
      read(term);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      term++;
      fence = 0;
      current = Optional.empty();
      unrecorded = false;
      watch = new MuteWatch();
      lastWrite = CompletableFuture.completedFuture(null);
    }
  }

  /** Begins a mute; in force once it is recorded. */
  CompletableFuture<Void> add(Mute mute) {
    return change(mutes -> mutes.with(mute))
        .thenAccept(
            done ->
                events.record(
                    Priority.NOTICE,
                    "MUTE_BEGUN",
                    mute.subject(),
                    mute.by()
                        + " muted "
                        + mute.target()
                        + " until "
                        + mute.until()
                        + ": "
                        + mute.reason()));
  }

  /** Somebody ends a mute. */
  CompletableFuture<Void> unmute(Mute mute, String by) {
    return change(mutes -> mutes.without(mute.id()))
        .thenAccept(done -> ended(new MuteEnd(mute, MuteEnd.Reason.BY_HAND, by + " ended it")));
  }

  private void turn() {
    if (current.isEmpty() || fence == 0) {
      return;
    }
    for (MuteEnd end : watch.over(current.get(), troubles, time.now(), time.nanos())) {
      current = current.map(mutes -> mutes.without(end.mute().id()));
      unrecorded = true;
      ended(end);
    }
    if (unrecorded && lastWrite.isDone()) {
      unrecorded = false;
      long asOf = term;
      change(UnaryOperator.identity())
          .whenComplete(
              (done, problem) -> {
                if (problem != null && asOf == term) {
                  log.debug("mutes not recorded, tried again: {}", problem.toString());
                  unrecorded = true;
                }
              });
    }
  }

  private void ended(MuteEnd end) {
    events.record(
        Priority.NOTICE,
        "MUTE_ENDED",
        end.mute().subject(),
        "The mute of " + end.mute().target() + " ended, because " + end.because() + ".");
  }

  // One after another. What ended meanwhile stays ended.
  private CompletableFuture<Void> change(UnaryOperator<Mutes> change) {
    long asOf = term;
    CompletableFuture<Void> done =
        lastWrite.thenCompose(
            before -> {
              if (asOf != term || fence == 0 || current.isEmpty()) {
                return CompletableFuture.failedFuture(
                    new IllegalStateException("this main no longer acts for LEFT"));
              }
              return records
                  .write(PATH, change.apply(current.get()).encode(), fence)
                  .thenAccept(
                      written -> {
                        if (asOf == term) {
                          current = current.map(change);
                        }
                      });
            });
    lastWrite = done.exceptionally(problem -> null);
    return done;
  }

  // To show them; the one that acts has its own.
  private void look() {
    if (fence == 0) {
      read(term);
    }
  }

  private void read(long asOf) {
    records
        .read(PATH)
        .whenComplete(
            (found, problem) -> {
              if (asOf != term) {
                return;
              }
              if (found == null) {
                log.debug("mutes not read, tried again soon: {}", String.valueOf(problem));
                if (fence > 0) {
                  timers.after(TICK, () -> again(asOf));
                }
                return;
              }
              current = Optional.of(found.map(MuteDesk::decoded).orElse(Mutes.NONE));
              turn();
            });
  }

  private void again(long asOf) {
    if (asOf == term) {
      read(asOf);
    }
  }

  private static Mutes decoded(byte[] bytes) {
    try {
      return Mutes.decode(bytes);
    } catch (MalformedMessage malformed) {
      log.error("mutes in the registry are passed over: {}", malformed.getMessage());
      return Mutes.NONE;
    }
  }
}
