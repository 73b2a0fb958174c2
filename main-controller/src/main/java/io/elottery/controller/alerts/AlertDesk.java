package io.elottery.controller.alerts;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.health.TroubleListener;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timers;
import io.elottery.keyvault.webhook.SignedAlert;
import io.elottery.reports.mute.Mutes;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts while this main acts for LEFT: what is told is recorded first and marked when it was
 * taken, so that a main which takes over goes on where this one ended. Only an alert that was sent
 * and not yet marked when the leader changed may come twice, with the same id. On main's loop.
 */
public final class AlertDesk implements Duty, TroubleListener {
  private static final Logger log = LoggerFactory.getLogger(AlertDesk.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Ports ports;
  private final AlertBook book = new AlertBook();
  private final DossierKeeper keeper;
  private final Deliveries deliveries;
  private List<Trouble> troubles = List.of();
  private long term; // Grows with each begin and end.
  private boolean acting;
  // To be sent once the registry confirmed that this main still acts.
  private final List<Deliveries.Send> unconfirmed = new ArrayList<>();
  private long shed;

  /**
   * What it needs.
   *
   * @param loop on which answers are taken
   * @param mutes in force; empty while they are not known
   * @param webhooks in use; empty while they are not known
   */
  public record Ports(
      Executor loop,
      Timers timers,
      Time time,
      RandomSource random,
      Records records,
      Signing signing,
      AlertPost post,
      EventSink events,
      Supplier<Optional<Mutes>> mutes,
      WebhookBook webhooks) {}

  /** Signs a message for a webhook. */
  @FunctionalInterface
  public interface Signing {
    /** Where to and by what proof; empty when the webhook was removed. Any thread. */
    CompletableFuture<Optional<SignedAlert>> sign(String webhook, String id, byte[] body);
  }

  /** Sends nothing until this main acts for LEFT. */
  public AlertDesk(Ports ports) {
    this.ports = ports;
    this.deliveries = new Deliveries(ports.random());
    this.keeper = new DossierKeeper(ports.records(), ports.timers(), this::recorded, this::stop);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    ports.timers().every(TICK, this::turn);
  }

  @Override
  public void changed(List<Trouble> now) {
    troubles = List.copyOf(now);
    turn();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere != Hemisphere.LEFT) {
      return;
    }
    stop();
    keeper.begin(fence);
    recall(term);
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      stop();
    }
  }

  /** How many alerts wait for that webhook. */
  public int waiting(String webhook) {
    return deliveries.waiting(webhook);
  }

  /** Nothing more goes to that webhook. */
  void forget(String webhook) {
    for (Deliveries.Send send : deliveries.drop(webhook)) {
      mark(send);
    }
  }

  private void stop() {
    term++;
    acting = false;
    keeper.end();
    deliveries.clear();
    unconfirmed.clear();
  }

  private void recall(long asOf) {
    keeper
        .read()
        .whenComplete(
            (dossiers, problem) -> {
              if (asOf != term) {
                return;
              }
              if (dossiers == null) {
                log.warn("alerts not read, tried again soon: {}", String.valueOf(problem));
                ports.timers().after(AGAIN, () -> recalled(asOf));
                return;
              }
              book.recall(dossiers);
              acting = true;
              dossiers.forEach(this::recorded);
              turn();
            });
  }

  private void recalled(long asOf) {
    if (asOf == term) {
      recall(asOf);
    }
  }

  private void turn() {
    Optional<Mutes> mutes = ports.mutes().get();
    Optional<Webhooks> webhooks = ports.webhooks().current();
    if (!acting || mutes.isEmpty() || webhooks.isEmpty()) {
      return;
    }
    book.look(troubles, mutes.get(), webhooks.get(), ports.time().now(), ports.time().nanos())
        .forEach(keeper::save);
    if (book.passedOver() > shed) {
      shed = Math.max(book.passedOver(), shed * 2);
      ports
          .events()
          .record(
              Priority.WARNING,
              "ALERTS_SHED",
              "network",
              "More than " + AlertBook.CASES_MOST + " troubles at once: not all are alerted.");
    }
    deliveries.due(ports.time().nanos()).forEach(this::send);
  }

  // A main that was paused may not know that another one acts. The record written before the first
  // attempt told it; before each later one it is written again.
  private void send(Deliveries.Send send) {
    if (!send.again()) {
      attempt(send);
      return;
    }
    unconfirmed.add(send);
    keeper.save(book.dossier(send.alert().trouble().key()));
  }

  // May be told of the same dossier again: what is queued already stays as it is.
  private void recorded(Dossier dossier) {
    Dossier now = book.dossier(dossier.key());
    List<Deliveries.Send> overflow = new ArrayList<>();
    for (Dossier.Pending pending : dossier.pending()) {
      for (String webhook : pending.webhooks()) {
        if (isPending(now, pending.alert(), webhook)) {
          overflow.addAll(deliveries.take(webhook, pending.alert(), ports.time().nanos()));
        }
      }
    }
    List<Deliveries.Send> confirmed =
        unconfirmed.stream()
            .filter(send -> send.alert().trouble().key().equals(dossier.key()))
            .toList();
    unconfirmed.removeAll(confirmed);
    confirmed.forEach(this::attempt);
    overflow.forEach(
        send -> givenUp(send, "more than " + Deliveries.QUEUE_MOST + " alerts wait for it"));
  }

  private static boolean isPending(Dossier dossier, Alert alert, String webhook) {
    return dossier.pending().stream()
        .anyMatch(one -> one.alert().id().equals(alert.id()) && one.webhooks().contains(webhook));
  }

  private void attempt(Deliveries.Send send) {
    long asOf = term;
    Optional<Webhook> to = ports.webhooks().current().flatMap(all -> all.find(send.webhook()));
    if (to.isEmpty() || !to.get().isEnabled()) {
      deliveries.done(send);
      mark(send);
      return;
    }
    attempt(send.webhook(), send.alert().id(), send.alert().body())
        .whenCompleteAsync(
            (outcome, problem) -> {
              if (asOf == term) {
                answered(
                    send, outcome == null ? new Outcome.Failed(String.valueOf(problem)) : outcome);
              }
            },
            ports.loop());
  }

  /** Signs and posts it once; never fails. Completes on any thread. */
  CompletableFuture<Outcome> attempt(String webhook, String id, byte[] body) {
    return ports
        .signing()
        .sign(webhook, id, body)
        .thenCompose(
            signed ->
                signed.isPresent()
                    ? ports.post().post(signed.get(), id, body)
                    : CompletableFuture.completedFuture(new Outcome.Gone()))
        .exceptionally(
            problem -> new Outcome.Failed("it cannot be signed: the vault may be sealed"));
  }

  private void answered(Deliveries.Send send, Outcome outcome) {
    outcome.match(
        new Outcome.Cases<Boolean>() {
          @Override
          public Boolean taken(Outcome.Taken taken) {
            deliveries.done(send);
            mark(send);
            return true;
          }

          @Override
          public Boolean gone(Outcome.Gone gone) {
            ports.webhooks().disable(send.webhook(), "it answered 410 Gone");
            forget(send.webhook());
            return false;
          }

          @Override
          public Boolean failed(Outcome.Failed failed) {
            log.info("alert {} to {}: {}", send.alert(), send.webhook(), failed.why());
            if (!deliveries.failed(send, ports.time().now(), ports.time().nanos())) {
              givenUp(send, failed.why());
            }
            return false;
          }
        });
  }

  private void givenUp(Deliveries.Send send, String why) {
    mark(send);
    ports
        .events()
        .record(
            Priority.WARNING,
            "ALERT_FAILED",
            send.webhook(),
            "Alert "
                + send.alert()
                + " of "
                + send.alert().at()
                + " was not taken by webhook "
                + send.webhook()
                + " and is given up: "
                + why
                + ".");
  }

  private void mark(Deliveries.Send send) {
    Dossier before = book.dossier(send.alert().trouble().key());
    Dossier after = book.told(send.alert().trouble().key(), send.alert().id(), send.webhook());
    if (!after.equals(before)) {
      keeper.save(after);
    }
  }
}
