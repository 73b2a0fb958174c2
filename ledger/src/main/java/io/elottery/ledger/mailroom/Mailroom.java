package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.call.Testify;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.HeadsAsked;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Routes a command to the writer of its actor, wherever that is, and brings back one answer.
 *
 * <p>Redirects are followed; a server that is silent, closed or not the writer is left for the
 * next. Because every command carries its own key and is answered the same when it comes twice, a
 * command may be sent to several servers in turn: it happens once or never. Commands are bounded in
 * number and in time; out of time, the answer is {@link Delivery.Unknown} if any attempt may have
 * been taken, else {@link Delivery.Unavailable}.
 *
 * <p>All on the loop of its switchboard; the futures complete there.
 */
public final class Mailroom {
  private final Switchboard switchboard;
  private final Route route;
  private final Timers timers;
  private final Time time;
  private final MailroomConfig config;
  // Who answered last for a group: bounded by the number of shards.
  private final Map<Integer, NodeId> writers = new HashMap<>();
  // Who looks for whoever writes, by group; at most as many as are under way.
  private final Map<Integer, Set<Errand>> looking = new HashMap<>();
  private final Map<Integer, Errand> scouts = new HashMap<>();
  private int underWay;
  private int turn;

  /**
   * @param timers those of the switchboard's loop
   */
  public Mailroom(
      Switchboard switchboard, Route route, Timers timers, Time time, MailroomConfig config) {
    this.switchboard = switchboard;
    this.route = route;
    this.timers = timers;
    this.time = time;
    this.config = config;
  }

  /** Delivers a command; the future never completes exceptionally. */
  public CompletableFuture<Delivery> deliver(String actorKey, byte[] command, Duration patience) {
    return send(CommandCall.command(actorKey, patience, command));
  }

  /** Asks the writer, which answers with all that was committed before; never exceptionally. */
  public CompletableFuture<Delivery> ask(String actorKey, byte[] query, Duration patience) {
    return send(CommandCall.query(actorKey, patience, query));
  }

  /** Puts a question into the log; what the writer answered to it, never exceptionally. */
  public CompletableFuture<Delivery> question(
      String actorKey, Question question, Duration patience) {
    return send(CommandCall.question(actorKey, patience, question));
  }

  /** The servers that hold a copy of the actor and can be asked themselves. */
  public List<NodeId> copies(String actorKey) {
    return route.copies(actorKey);
  }

  /**
   * What one replica answered to a question; exceptionally {@link CallFailed} when it does not say,
   * {@link MalformedMessage} when it cannot be read.
   */
  public CompletableFuture<Testimony> testimony(NodeId server, Testify ask) {
    Duration timeout = ask.patience().plus(config.attempt());
    return switchboard.call(server, ask.envelope(), timeout).thenCompose(Mailroom::read);
  }

  /** How many shards there are; 0 while that is not known. */
  public int shards() {
    return route.shards();
  }

  /** The servers that hold a copy of the shard and can be asked themselves. */
  public List<NodeId> holders(int shard) {
    return route.holders(shard);
  }

  /** The heads that a copy knows; exceptionally as {@link #testimony}. */
  public CompletableFuture<List<CountersignedHead>> heads(NodeId server, HeadsAsked ask) {
    return switchboard
        .call(server, ask.envelope(), config.attempt())
        .thenCompose(
            answer -> {
              try {
                return CompletableFuture.completedFuture(HeadsAsked.readFound(answer));
              } catch (MalformedMessage other) {
                return CompletableFuture.failedFuture(other);
              }
            });
  }

  private static CompletableFuture<Testimony> read(Envelope answer) {
    try {
      return CompletableFuture.completedFuture(Testimony.of(answer));
    } catch (MalformedMessage other) {
      return CompletableFuture.failedFuture(other);
    }
  }

  /** Delivers a call as it came. */
  CompletableFuture<Delivery> send(CommandCall call) {
    if (underWay >= config.most()) {
      return CompletableFuture.completedFuture(new Delivery.Busy(Duration.ofSeconds(1)));
    }
    underWay++;
    Errand errand = new Errand(this, call);
    return errand
        .start()
        .whenComplete(
            (delivery, problem) -> {
              underWay--;
              errand.stopWaiting();
              scouts.remove(errand.group(), errand);
            });
  }

  /** Deliveries under way now. */
  public int underWay() {
    return underWay;
  }

  /** Who wrote last for the actor's group, as far as this mailroom saw. */
  public Optional<NodeId> lastWriter(String actorKey) {
    return Optional.ofNullable(writers.get(route.group(actorKey)));
  }

  /** The loop's timers. */
  public Timers timers() {
    return timers;
  }

  Switchboard switchboard() {
    return switchboard;
  }

  Route route() {
    return route;
  }

  Time time() {
    return time;
  }

  MailroomConfig config() {
    return config;
  }

  // Whoever looked for such an answer need not ask around.
  void answered(int group, NodeId server) {
    if (route.remembers(server)) {
      writers.put(group, server);
    }
    Set<Errand> looked = looking.remove(group);
    if (looked != null) {
      looked.forEach(errand -> errand.go(Optional.of(server)));
    }
  }

  int nextTurn() {
    return turn++ & Integer.MAX_VALUE;
  }

  boolean isScout(int group, Errand errand) {
    return scouts.computeIfAbsent(group, nobody -> errand) == errand;
  }

  void looks(int group, Errand errand) {
    looking.computeIfAbsent(group, nobody -> new LinkedHashSet<>()).add(errand);
  }

  void found(int group, Errand errand) {
    Set<Errand> looked = looking.get(group);
    if (looked != null && looked.remove(errand) && looked.isEmpty()) {
      looking.remove(group);
    }
  }

  void doubt(int group, NodeId writer) {
    writers.remove(group, writer);
  }
}
