package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a command that changes nothing through a shard and waits until it is applied on this copy:
 * the writer proposes it (a message over the replica link when that is another server), a majority
 * flushes it, this copy applies it. On the ledger loop.
 */
final class Canaries {
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final int UNDER_WAY_MAX = 1_000;

  /** What it stands on. */
  record Ports(
      NodeId self,
      Timers timers,
      Time time,
      Transport replicaWork,
      Function<ShardId, @Nullable Replica> replica) {}

  private record Waiting(ShardId shard, long sinceNanos, Consumer<Optional<Duration>> told) {}

  private final Ports ports;
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long last;

  Canaries(Ports ports) {
    this.ports = ports;
  }

  /** Sends one; {@code told} once: how long it took, or empty when it did not come back in time. */
  void send(ShardId shard, Duration patience, Consumer<Optional<Duration>> told) {
    Replica replica = ports.replica.apply(shard);
    Optional<NodeId> writer =
        replica == null ? Optional.empty() : replica.group().status().writer();
    if (replica == null || writer.isEmpty() || waiting.size() >= UNDER_WAY_MAX) {
      told.accept(Optional.empty());
      return;
    }
    long number = ++last;
    waiting.put(number, new Waiting(shard, ports.time.nanos(), told));
    ports.timers.after(patience, () -> end(number, Optional.empty()));
    if (writer.get().equals(ports.self)) {
      replica.canary(response -> answered(number, response));
    } else {
      ports.replicaWork.send(writer.get(), message(LedgerKinds.CANARY, shard, number, 0));
    }
  }

  /** Takes both messages. */
  void received(NodeId from, Envelope envelope) throws MalformedMessage {
    WireReader in = new WireReader(envelope.body());
    int at = in.u16();
    if (at >= ShardId.MAX) {
      throw new MalformedMessage("canary of shard " + at);
    }
    ShardId shard = new ShardId(at);
    long number = in.varint();
    long position = in.varint();
    in.done();
    if (envelope.kind() == LedgerKinds.CANARY_BACK) {
      waitForPosition(number, position);
      return;
    }
    Replica replica = ports.replica.apply(shard);
    if (replica != null && replica.group().members().contains(from)) {
      replica.canary(
          response ->
              position(response)
                  .ifPresent(
                      done ->
                          ports.replicaWork.send(
                              from, message(LedgerKinds.CANARY_BACK, shard, number, done))));
    }
  }

  private void answered(long number, Response response) {
    position(response).ifPresent(done -> waitForPosition(number, done));
  }

  private void waitForPosition(long number, long position) {
    Waiting one = waiting.get(number);
    Replica replica = one == null ? null : ports.replica.apply(one.shard);
    if (one == null || replica == null) {
      return;
    }
    if (replica.group().status().appliedIndex() >= position) {
      end(number, Optional.of(Duration.ofNanos(ports.time.nanos() - one.sinceNanos)));
    } else {
      ports.timers.after(LOOK, () -> waitForPosition(number, position));
    }
  }

  private void end(long number, Optional<Duration> took) {
    Waiting one = waiting.remove(number);
    if (one != null) {
      one.told.accept(took);
    }
  }

  private static Optional<Long> position(Response response) {
    return response instanceof Response.Answer answer
        ? Optional.of(answer.position().index())
        : Optional.empty();
  }

  static Envelope message(int kind, ShardId shard, long number, long position) {
    byte[] body = new WireWriter().u16(shard.number()).varint(number).varint(position).toBytes();
    return new Envelope(kind, 1, body);
  }
}
