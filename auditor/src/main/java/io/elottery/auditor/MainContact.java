package io.elottery.auditor;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.party.PartySecret;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Party;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this auditor and its party's key to every main after each connect until they are taken,
 * and answers probes. On the auditor's loop.
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
    // Roster and leaders are for those who route by them; the auditor asks any main.
    board.on(ReportsKinds.ROSTER, (from, roster) -> {});
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
