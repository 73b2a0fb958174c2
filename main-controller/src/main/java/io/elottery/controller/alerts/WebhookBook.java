package io.elottery.controller.alerts;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks in use, in the record {@code webhooks}; known while this main acts for LEFT. On
 * main's loop.
 */
public final class WebhookBook implements Duty {
  private static final Logger log = LoggerFactory.getLogger(WebhookBook.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String PATH = "webhooks";

  private final Records records;
  private final Timers timers;
  private final EventSink events;
  private Optional<Webhooks> current = Optional.empty();
  private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);
  private long fence;
  private long term; // Grows with each begin and end.

  /** Knows none until this main acts for LEFT. */
  public WebhookBook(Records records, Timers timers, EventSink events) {
    this.records = records;
    this.timers = timers;
    this.events = events;
  }

  /** Those in use; empty while they are not known. */
  public Optional<Webhooks> current() {
    return current;
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
      lastWrite = CompletableFuture.completedFuture(null);
    }
  }

  /** Nothing more is sent to it. */
  void disable(String id, String why) {
    Optional<Webhook> found = current.flatMap(all -> all.find(id)).filter(Webhook::isEnabled);
    if (found.isEmpty()) {
      return;
    }
    Webhook disabled = found.get().disabled(why);
    current = current.map(all -> all.with(disabled));
    events.record(
        Priority.WARNING,
        "WEBHOOK_DISABLED",
        id,
        "Webhook " + id + " (" + disabled.host() + ") is not used any more: " + why + ".");
    change(all -> all.find(id).isPresent() ? all.with(disabled) : all)
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn("{} is disabled, but that is not recorded: {}", id, problem.toString());
              }
            });
  }

  /** Records a change, one after another; in force once it is recorded. */
  CompletableFuture<Void> change(UnaryOperator<Webhooks> change) {
    long asOf = term;
    CompletableFuture<Void> done =
        lastWrite.thenCompose(
            before -> {
              if (asOf != term || current.isEmpty()) {
                return CompletableFuture.failedFuture(
                    new IllegalStateException("this main no longer acts for LEFT"));
              }
              Webhooks next = change.apply(current.get());
              return records
                  .write(PATH, next.encode(), fence)
                  .thenAccept(
                      written -> {
                        if (asOf == term) {
                          current = Optional.of(next);
                        }
                      });
            });
    lastWrite = done.exceptionally(problem -> null);
    return done;
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
                log.debug("webhooks not read, tried again soon: {}", String.valueOf(problem));
                timers.after(
                    AGAIN,
                    () -> {
                      if (asOf == term) {
                        read(asOf);
                      }
                    });
                return;
              }
              current = Optional.of(found.map(WebhookBook::decoded).orElse(Webhooks.NONE));
            });
  }

  private static Webhooks decoded(byte[] bytes) {
    try {
      return Webhooks.decode(bytes);
    } catch (MalformedMessage malformed) {
      log.error("webhooks in the registry are passed over: {}", malformed.getMessage());
      return Webhooks.NONE;
    }
  }
}
