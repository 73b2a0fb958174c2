package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: which server is asked next, and what is known when time runs out. Its cases
 * say whether a response ended it.
 *
 * <pre>
 *   ask(candidate) ── answer, busy, full ───────→ done
 *        │ redirect(writer) → ask(writer) at once; a second redirect in a row pauses first
 *        │ redirect(nobody), refused, silent, closed → wait, ask(next candidate)
 *        └ out of time → unknown, or unavailable when no attempt can have been taken
 * </pre>
 *
 * <p>Of all that wait for one group the first is its scout, which asks again after short pauses;
 * the others go at once when it, or anybody, is answered.
 */
final class Errand implements Response.Cases<Boolean> {
  private static final Duration PAUSE_MAX = Duration.ofMillis(200);
  private static final int DOUBLINGS_MAX = 10;
  private static final int OUTDATED_MAX = 3;

  private final Mailroom mailroom;
  private final CommandCall call;
  private Envelope envelope; // says how much patience is left
  private final int group;
  private final long deadlineNanos;
  private final CompletableFuture<Delivery> result = new CompletableFuture<>();
  private int attempts;
  private int redirects;
  private int rounds; // in which all candidates were asked
  private int asks;
  private int first; // among the candidates
  private int outdated; // how often in a row the same candidate named a writer that is gone
  private @Nullable Timer waits;
  private boolean maybeTaken;
  private String lastTrouble = "no worker of its shard is known yet";
  private @Nullable NodeId asked;

  Errand(Mailroom mailroom, CommandCall call) {
    this.mailroom = mailroom;
    this.call = call;
    this.envelope = call.envelope();
    this.group = mailroom.route().group(call.actorKey());
    this.deadlineNanos = mailroom.time().nanos() + call.patience().toNanos();
  }

  int group() {
    return group;
  }

  CompletableFuture<Delivery> start() {
    Optional<NodeId> writer = mailroom.lastWriter(call.actorKey());
    if (writer.isPresent()) {
      ask(writer.get());
    } else {
      askNext();
    }
    return result;
  }

  private void askNext() {
    List<NodeId> candidates = mailroom.route().candidates(call.actorKey());
    if (candidates.isEmpty()) {
      later();
      return;
    }
    NodeId next = candidates.get((first + attempts) % candidates.size());
    attempts++;
    rounds = attempts / candidates.size();
    ask(next);
  }

  private void ask(NodeId server) {
    long leftNanos = deadlineNanos - mailroom.time().nanos();
    if (leftNanos <= 0) {
      giveUp();
      return;
    }
    asked = server;
    asks++;
    Duration left = Duration.ofNanos(leftNanos);
    Duration attempt = mailroom.config().attempt();
    mailroom
        .switchboard()
        .call(server, envelope, left.compareTo(attempt) < 0 ? left : attempt)
        .whenComplete(
            (answer, problem) -> {
              if (problem == null) {
                answered(server, answer);
              } else {
                failed(server, problem);
              }
            });
  }

  private void answered(NodeId server, Envelope answer) {
    try {
      Response.of(answer).match(this);
    } catch (MalformedMessage malformed) {
      maybeTaken = true;
      lastTrouble = server + " answered what cannot be read: " + malformed.getMessage();
      later();
    }
  }

  private void failed(NodeId server, Throwable problem) {
    if (problem instanceof CallFailed call) {
      maybeTaken |=
          call.why() == CallFailed.Why.TIMED_OUT || call.why() == CallFailed.Why.CONNECTION_LOST;
    } else {
      maybeTaken = true;
    }
    lastTrouble = String.valueOf(problem.getMessage());
    mailroom.doubt(group, server);
    // Who named it will know better in a moment, and is the next to write as likely as any.
    if (redirects > 0 && attempts > 0 && outdated < OUTDATED_MAX) {
      outdated++;
      attempts--;
    } else {
      outdated = 0;
    }
    later();
  }

  private void later() {
    asked = null;
    redirects = 0;
    boolean scout = mailroom.isScout(group, this);
    if (!scout && asks == 1) {
      first = mailroom.nextTurn(); // the scout's server may be the one that is stuck
    }
    Duration pause = scout ? scoutPause() : PAUSE_MAX;
    long leftNanos = deadlineNanos - mailroom.time().nanos();
    if (leftNanos <= pause.toNanos()) {
      giveUp();
      return;
    }
    waits = mailroom.timers().after(pause, () -> go(Optional.empty()));
    mailroom.waits(group, this);
  }

  // None after the writer that was known; doubled after each round of the candidates.
  private Duration scoutPause() {
    if (asks == 1) {
      return Duration.ZERO;
    }
    Duration pause = mailroom.config().pause().multipliedBy(1L << Math.min(rounds, DOUBLINGS_MAX));
    return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
  }

  /** Its wait is over: asks this server, which answered somebody just now, or the next. */
  void go(Optional<NodeId> server) {
    if (waits != null) {
      waits.cancel();
      waits = null;
    }
    mailroom.goes(group, this);
    Duration left = Duration.ofNanos(deadlineNanos - mailroom.time().nanos());
    envelope = new CommandCall(call.kind(), call.actorKey(), left, call.body()).envelope();
    if (server.isPresent()) {
      ask(server.get());
    } else {
      askNext();
    }
  }

  private void giveUp() {
    if (maybeTaken && call.isCommand()) {
      result.complete(new Delivery.Unknown(lastTrouble));
    } else {
      result.complete(new Delivery.Unavailable(lastTrouble));
    }
  }

  @Override
  public Boolean answer(Response.Answer answer) {
    if (asked != null) {
      mailroom.answered(group, asked);
    }
    result.complete(new Delivery.Answered(answer.shard(), answer.position(), answer.body()));
    return true;
  }

  @Override
  public Boolean redirect(Response.Redirect redirect) {
    if (asked != null) {
      mailroom.doubt(group, asked);
    }
    Optional<NodeId> writer = redirect.writer();
    if (writer.isPresent() && !writer.get().equals(asked) && ++redirects <= 2) {
      ask(writer.get());
      return false;
    }
    lastTrouble = asked + " knows no writer of the shard";
    later();
    return false;
  }

  @Override
  public Boolean busy(Response.Busy busy) {
    if (maybeTaken && call.isCommand()) {
      result.complete(new Delivery.Unknown("an earlier attempt may have been taken"));
    } else {
      result.complete(new Delivery.Busy(busy.retryAfter()));
    }
    return true;
  }

  @Override
  public Boolean full(Response.Full full) {
    if (maybeTaken && call.isCommand()) {
      result.complete(new Delivery.Unknown("an earlier attempt may have been taken"));
    } else {
      result.complete(new Delivery.Full(full.why()));
    }
    return true;
  }

  @Override
  public Boolean unknown(Response.Unknown unknown) {
    maybeTaken = true;
    lastTrouble = unknown.why();
    later();
    return false;
  }

  @Override
  public Boolean unavailable(Response.Unavailable unavailable) {
    lastTrouble = unavailable.why();
    later();
    return false;
  }
}
