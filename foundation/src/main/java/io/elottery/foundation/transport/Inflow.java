package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.Envelope;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings envelopes from the connections' threads to a loop, bounded: at most {@value #PEER_BYTES}
 * bytes and {@value #PEER_MESSAGES} messages of one sender wait, at most {@value #BYTES} bytes of
 * all. What is more is dropped, counted; so one sender that floods takes neither the memory nor the
 * turns of the others. Any thread.
 */
public final class Inflow implements Receiver {
  /** Bytes of one sender that may wait: two of the largest messages. */
  static final long PEER_BYTES = 2L * Envelope.BODY_MAX;

  /** Messages of one sender that may wait. */
  static final long PEER_MESSAGES = 20_000;

  /** Bytes that may wait in all. */
  static final long BYTES = 12L * Envelope.BODY_MAX;

  private final NodeLoop loop;
  private final Receiver to;
  // Those of whom something waits: as many as are connected, at most.
  private final ConcurrentMap<NodeId, Waiting> peers = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /** Into the receiver, on the loop. */
  public Inflow(NodeLoop loop, Receiver to) {
    this.loop = loop;
    this.to = to;
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    int size = envelope.body().length;
    if (!take(from.id(), size)) {
      dropped.incrementAndGet();
      return;
    }
    boolean posted =
        loop.post(
            () -> {
              give(from.id(), size);
              to.received(from, envelope);
            });
    if (!posted) {
      give(from.id(), size);
      dropped.incrementAndGet();
    }
  }

  /** Messages dropped because too much waited. */
  public long dropped() {
    return dropped.get();
  }

  /** Bytes that wait now. */
  public long waitingBytes() {
    return bytes.get();
  }

  /** Senders of whom something waits now. */
  int senders() {
    return peers.size();
  }

  private boolean take(NodeId peer, int size) {
    if (bytes.addAndGet(size) > BYTES) {
      bytes.addAndGet(-size);
      return false;
    }
    boolean[] taken = new boolean[1];
    peers.compute(
        peer,
        (id, known) -> {
          Waiting now = known == null ? new Waiting(0, 0) : known;
          taken[0] = now.messages < PEER_MESSAGES && now.bytes + size <= PEER_BYTES;
          Waiting next = taken[0] ? now.with(1, size) : now;
          return next.messages == 0 ? null : next;
        });
    if (!taken[0]) {
      bytes.addAndGet(-size);
    }
    return taken[0];
  }

  private void give(NodeId peer, int size) {
    bytes.addAndGet(-size);
    peers.computeIfPresent(
        peer,
        (id, known) -> {
          Waiting next = known.with(-1, -size);
          return next.messages == 0 ? null : next;
        });
  }

  private record Waiting(long messages, long bytes) {
    Waiting with(int more, int size) {
      return new Waiting(messages + more, bytes + size);
    }
  }
}
