package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: which servers are asked next, and what is known when time runs out.
 *
 * <pre>
 *   ask(candidate) ── answer, busy, full ───────→ done
 *        │ redirect(writer) → ask(writer) at once; a second redirect in a row pauses first
 *        │ redirect(nobody), refused, silent, closed → wait, ask(next candidate)
 *        └ out of time → unknown, or unavailable when no attempt can have been taken
 * </pre>
 *
 * <p>Of all that look for the writer of one group the first is its scout, which asks again after
 * short pauses; the others go at once when it, or anybody, is answered. A server that has just
 * begun, or is stuck, may keep a call for long: the scout asks one more candidate every {@link
 * #ONE_MORE} without giving the others up.
 */
final class Errand {
  private static final Duration PAUSE_MAX = Duration.ofMillis(200);
  private static final Duration ONE_MORE = Duration.ofMillis(50);
  private static final int DOUBLINGS_MAX = 10;
  private static final int OUTDATED_MAX = 3;

  private final Mailroom mailroom;
  private final CommandCall call;
  private Envelope envelope; // says how much patience is left
  private final int group;
  private final long deadlineNanos;
  private final CompletableFuture<Delivery> result = new CompletableFuture<>();
  private final Set<NodeId> open = new HashSet<>(); // asked, and said nothing yet
  private int attempts;
  private int redirects;
  private int rounds; // in which all candidates were asked
  private int asks;
  private int first; // among the candidates
  private int outdated; // how often in a row the same candidate named a writer that is gone
  private @Nullable Timer waits;
  private @Nullable Timer oneMore;
  private boolean maybeTaken;
  private String lastTrouble = "no worker of its shard is known yet";

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
    for (int tried = 0; tried < candidates.size(); tried++) {
      NodeId next = candidates.get((first + attempts) % candidates.size());
      attempts++;
      rounds = attempts / candidates.size();
      if (!open.contains(next)) {
        mailroom.looks(group, this);
        ask(next);
        askOneMoreLater();
        return;
      }
    }
    later();
  }

  private void askOneMoreLater() {
    if (!open.isEmpty() && oneMore == null && mailroom.isScout(group, this)) {
      oneMore =
          mailroom
              .timers()
              .after(
                  ONE_MORE,
                  () -> {
                    oneMore = null;
                    if (!open.isEmpty()) {
                      renew();
                      askNext();
                    }
                  });
    }
  }

  private void ask(NodeId server) {
    long leftNanos = deadlineNanos - mailroom.time().nanos();
    if (leftNanos <= 0) {
      later();
      return;
    }
    open.add(server);
    asks++;
    Duration left = Duration.ofNanos(leftNanos);
    Duration attempt = mailroom.config().attempt();
    mailroom
        .switchboard()
        .call(server, envelope, left.compareTo(attempt) < 0 ? left : attempt)
        .whenComplete(
            (answer, problem) -> {
              open.remove(server);
              if (result.isDone()) {
                return;
              }
              if (problem == null) {
                answered(server, answer);
              } else {
                failed(server, problem);
              }
            });
  }

  private void answered(NodeId server, Envelope answer) {
    try {
      Response.of(answer).match(new Said(server));
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
    if (!open.isEmpty()) {
      return; // Another may still answer.
    }
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
    if (waits != null) {
      waits.cancel();
    }
    waits = mailroom.timers().after(pause, () -> go(Optional.empty()));
    mailroom.looks(group, this);
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
    if (result.isDone()) {
      return;
    }
    stopWaiting();
    renew();
    if (server.isEmpty()) {
      askNext();
    } else if (!open.contains(server.get())) {
      ask(server.get());
    }
  }

  /** Nothing is to happen by itself any more. */
  void stopWaiting() {
    if (waits != null) {
      waits.cancel();
      waits = null;
    }
    if (oneMore != null) {
      oneMore.cancel();
      oneMore = null;
    }
    mailroom.found(group, this);
  }

  private void renew() {
    Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - mailroom.time().nanos()));
    envelope = new CommandCall(call.kind(), call.actorKey(), left, call.body()).envelope();
  }

  private void giveUp() {
    result.complete(
        maybeTaken && call.isCommand()
            ? new Delivery.Unknown(lastTrouble)
            : new Delivery.Unavailable(lastTrouble));
  }

  /** What a server said; tells whether that ended the errand. */
  private final class Said implements Response.Cases<Boolean> {
    private final NodeId server;

    Said(NodeId server) {
      this.server = server;
    }

    @Override
    public Boolean answer(Response.Answer answer) {
      stopWaiting();
      mailroom.answered(group, server);
      result.complete(new Delivery.Answered(answer.shard(), answer.position(), answer.body()));
      return true;
    }

    @Override
    public Boolean redirect(Response.Redirect redirect) {
      mailroom.doubt(group, server);
      Optional<NodeId> writer = redirect.writer();
      if (writer.isPresent() && open.contains(writer.get())) {
        return false;
      }
      if (writer.isPresent() && !writer.get().equals(server) && ++redirects <= 2) {
        ask(writer.get());
        return false;
      }
      lastTrouble = server + " knows no writer of the shard";
      later();
      return false;
    }

    @Override
    public Boolean busy(Response.Busy busy) {
      return turnedAway(new Delivery.Busy(busy.retryAfter()));
    }

    @Override
    public Boolean full(Response.Full full) {
      return turnedAway(new Delivery.Full(full.why()));
    }

    // Certain only when nobody else can have taken it.
    private boolean turnedAway(Delivery certain) {
      result.complete(
          (maybeTaken || !open.isEmpty()) && call.isCommand()
              ? new Delivery.Unknown("an earlier attempt may have been taken")
              : certain);
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
}
