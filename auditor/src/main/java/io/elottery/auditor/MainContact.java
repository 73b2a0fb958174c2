package io.elottery.auditor;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.party.PartySecret;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Party;
import io.elottery.reports.roster.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this auditor and its party's key to every main after each connect until they are taken,
 * answers probes, and asks and tells mains what the heads of the ledger are about. On the auditor's
 * loop.
 */
final class MainContact {
  private static final Logger log = LoggerFactory.getLogger(MainContact.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Envelope PROBED =
      new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0]);

  private final Envelope announce;
  private final Envelope partyKey;
  private final PartyName party;
  private final Switchboard board;
  private final NodeLoop loop;
  private final Readiness.Check ready;
  private final SortedSet<NodeId> connected = new TreeSet<>();
  private int shards;
  private int turn;

  MainContact(
      PartyName party,
      PartySecret secret,
      Switchboard board,
      NodeLoop loop,
      Readiness.Check ready) {
    this.party = party;
    this.board = board;
    this.loop = loop;
    this.ready = ready;
    this.announce =
        new Announce(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0).envelope();
    this.partyKey = new Party(party.text(), secret.publicKey()).envelope();
    ready.notReady("no main is connected");
  }

  /** Takes what mains send to every server. */
  void serve() {
    board.serve(ReportsKinds.PROBE, this::probe);
    board.on(ReportsKinds.ROSTER, this::roster);
    // Leaders are for those who route by them; the auditor asks any main.
    board.on(ReportsKinds.LEAD, (from, lead) -> {});
  }

  void connected(Peer peer) {
    if (peer.role() == Role.MAIN && connected.add(peer.id())) {
      tell(peer.id(), announce, "this auditor");
      tell(peer.id(), partyKey, "the key of " + party);
    }
  }

  void disconnected(Peer peer) {
    connected.remove(peer.id());
    if (connected.isEmpty()) {
      ready.notReady("no main is connected");
    }
  }

  // Of the roster only the number of shards matters here, which never falls.
  private void roster(Peer from, Envelope envelope) throws MalformedMessage {
    byte[] ring = Roster.parse(envelope.body()).ring();
    if (from.role() == Role.MAIN && ring.length > 0) {
      shards = Math.max(shards, Ring.decode(ring).shards());
    }
  }

  /** How many shards the ledger has; 0 while no main has said. */
  int shards() {
    return shards;
  }

  /** What a copy of a shard knows of its heads, by way of one main after the other. */
  CompletableFuture<List<CountersignedHead>> heads(HeadsAsked asked) {
    if (connected.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("no main is connected"));
    }
    NodeId main = connected().get(Math.floorMod(turn++, connected.size()));
    return board
        .call(main, asked.envelope(), PATIENCE)
        .thenCompose(
            answer -> {
              try {
                return CompletableFuture.completedFuture(HeadsAsked.readFound(answer));
              } catch (MalformedMessage other) {
                return CompletableFuture.failedFuture(other);
              }
            });
  }

  /** Tells every main that is connected. */
  void tellAll(Envelope what) {
    connected.forEach(main -> board.send(main, what));
  }

  /** The mains that are connected. */
  List<NodeId> connected() {
    return List.copyOf(connected);
  }

  private void tell(NodeId main, Envelope what, String name) {
    if (connected.contains(main)) {
      board
          .call(main, what, PATIENCE)
          .whenComplete((answer, problem) -> told(main, what, name, problem));
    }
  }

  private void told(NodeId main, Envelope what, String name, @Nullable Throwable problem) {
    if (problem == null) {
      log.info("{} knows {}", main, name);
      ready.ready();
    } else {
      log.warn("{} has not taken {}: {}", main, name, problem.getMessage());
      loop.after(AGAIN, () -> tell(main, what, name));
    }
  }

  private void probe(Peer from, Envelope request, CallHandler.Answer answer) {
    if (from.role() == Role.MAIN) {
      answer.reply(PROBED);
    } else {
      answer.refuse("NOT_ALLOWED", "only mains probe");
    }
  }
}
