package io.elottery.worker.mains;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Announce;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this worker to every main after each connect until it is taken, answers probes, and
 * knows which mains hear it. On the supervision loop.
 */
public final class MainContact {
  private static final Logger log = LoggerFactory.getLogger(MainContact.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Envelope PROBED =
      new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0]);

  private final Switchboard board;
  private final NodeLoop loop;
  private final Supplier<Announce> announce;
  private final SortedSet<NodeId> connected = new TreeSet<>();
  private final SortedSet<NodeId> heard = new TreeSet<>();

  /**
   * @param announce asked before each announcement
   */
  public MainContact(Switchboard board, NodeLoop loop, Supplier<Announce> announce) {
    this.board = board;
    this.loop = loop;
    this.announce = announce;
  }

  /** Takes the probes from the switchboard. */
  public void serve() {
    board.serve(ReportsKinds.PROBE, this::probe);
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    if (peer.role() == Role.MAIN) {
      connected.add(peer.id());
      announceTo(peer.id());
    }
  }

  /** A trunk closed. */
  public void disconnected(Peer peer) {
    connected.remove(peer.id());
    heard.remove(peer.id());
  }

  /** Whether any main has taken this worker's announcement on a trunk that is open. */
  public boolean hearsMain() {
    return !heard.isEmpty();
  }

  /** The mains that have. */
  public List<NodeId> mains() {
    return List.copyOf(heard);
  }

  /** Tells a main again which fence this worker has seen: what it did came under an older one. */
  public void tellFence(NodeId main) {
    if (connected.contains(main)) {
      board
          .call(main, announce.get().envelope(), PATIENCE)
          .whenComplete((answer, problem) -> log.info("{} was told of a newer fence", main));
    }
  }

  private void announceTo(NodeId main) {
    if (!connected.contains(main) || heard.contains(main)) {
      return;
    }
    board
        .call(main, announce.get().envelope(), PATIENCE)
        .whenComplete((answer, problem) -> answered(main, problem));
  }

  private void answered(NodeId main, @Nullable Throwable problem) {
    if (problem == null) {
      if (connected.contains(main)) {
        heard.add(main);
        log.info("{} knows this worker", main);
      }
    } else if (problem instanceof CallFailed failed && failed.code().equals(Announce.OTHER_STORE)) {
      // Asking again would not help: a person has to give the directory back.
      log.error("{} refuses this worker: {}", main, failed.getMessage());
    } else {
      log.debug("{} has not taken the announcement: {}", main, problem.getMessage());
      loop.after(AGAIN, () -> announceTo(main));
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
