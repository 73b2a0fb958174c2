package io.elottery.controller.certificates;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.keyvault.revocation.RevocationList;
import io.elottery.keyvault.revocation.Revocations;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the newest revocation list to every connected server, until it says that it has it. Every
 * main does so: what one main is told by another goes on to the servers only it is connected to. On
 * main's loop.
 */
public final class RevocationPush {
  private static final Logger log = LoggerFactory.getLogger(RevocationPush.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Switchboard board;
  private final NodeLoop loop;
  private final Revocations revocations;
  private final Map<NodeId, Peer> connected = new TreeMap<>();
  private final Map<NodeId, Long> taken = new TreeMap<>();

  /** Sends nothing until started. */
  public RevocationPush(Switchboard board, NodeLoop loop, Revocations revocations) {
    this.board = board;
    this.loop = loop;
    this.revocations = revocations;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    revocations.serveOn(board);
    revocations.onChange(list -> loop.execute(() -> connected.values().forEach(this::push)));
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    connected.put(peer.id(), peer);
    push(peer);
  }

  /** A trunk closed. */
  public void disconnected(Peer peer) {
    connected.remove(peer.id());
    taken.remove(peer.id());
  }

  /** Connected servers that have not said yet that the newest list counts there. */
  public SortedSet<NodeId> waiting() {
    long newest = revocations.current().version();
    SortedSet<NodeId> waiting = new TreeSet<>();
    for (NodeId server : connected.keySet()) {
      if (taken.getOrDefault(server, 0L) < newest) {
        waiting.add(server);
      }
    }
    return waiting;
  }

  /** How many servers are connected here. */
  public int count() {
    return connected.size();
  }

  private void push(Peer peer) {
    RevocationList list = revocations.current();
    if (!connected.containsKey(peer.id()) || list.version() <= taken.getOrDefault(peer.id(), 0L)) {
      return;
    }
    RevocationList told = peer.role() == Role.MAIN ? list : list.withoutPeople();
    board
        .call(peer.id(), told.toEnvelope(), PATIENCE)
        .whenComplete((answer, problem) -> answered(peer, list.version(), answer, problem));
  }

  private void answered(
      Peer peer, long version, @Nullable Envelope answer, @Nullable Throwable problem) {
    if (!connected.containsKey(peer.id())) {
      return;
    }
    if (answer == null) {
      log.debug("{} has not taken revocations {}: {}", peer, version, String.valueOf(problem));
      loop.after(AGAIN, () -> push(peer));
      return;
    }
    try {
      taken.merge(peer.id(), new WireReader(answer.body()).i64(), Math::max);
    } catch (MalformedMessage malformed) {
      log.warn("{} answers revocations {} oddly: {}", peer, version, malformed.getMessage());
      return;
    }
    push(peer);
  }
}
