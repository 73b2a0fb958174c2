package io.elottery.worker;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.roster.Roster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A mailroom with trunks of its own to the workers of a roster. */
final class TestGateway implements AutoCloseable {
  static final NodeId ID = NodeId.of("gateway-1");

  private final NodeLoop loop;
  private final LoopThread thread;
  private final NettyTrunks trunks;
  private final Mailroom mailroom;

  TestGateway(NodeKeys keys, Roster roster, NettyRuntime runtime) throws Exception {
    Ring ring = Ring.decode(roster.ring());
    loop =
        new NodeLoop(
            "gateway",
            new SystemTime(),
            100_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    thread = new LoopThread("gateway-1", loop);
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            ID,
            Role.GATEWAY,
            TrunkConfig.dialOnly(),
            keys::sslContext,
            lanes,
            new ConnectionListener() {
              @Override
              public void connected(Peer peer) {
                // The mailroom asks whoever is connected.
              }

              @Override
              public void disconnected(Peer peer, String why) {
                lanes.disconnected(peer.id());
              }
            },
            runtime);
    Switchboard board = new Switchboard(Lanes.LEDGER, trunks, loop);
    lanes.add(Lanes.LEDGER, module -> true, loop, board);
    mailroom =
        new Mailroom(
            board,
            Route.toWorkers(() -> Optional.of(ring)),
            loop,
            new SystemTime(),
            MailroomConfig.defaults());
    thread.start();
    trunks.start();
    roster
        .workers()
        .forEach(worker -> trunks.dial(worker.id(), Role.WORKER, worker.trunk().orElseThrow()));
  }

  CompletableFuture<Delivery> deliver(String actor, byte[] command) {
    return onLoop(() -> mailroom.deliver(actor, command, Duration.ofSeconds(20)));
  }

  CompletableFuture<Delivery> ask(String actor, byte[] query) {
    return onLoop(() -> mailroom.ask(actor, query, Duration.ofSeconds(20)));
  }

  private CompletableFuture<Delivery> onLoop(
      java.util.function.Supplier<CompletableFuture<Delivery>> step) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    loop.execute(() -> step.get().thenAccept(result::complete));
    return result;
  }

  /** Who answered last for the actor. */
  Optional<NodeId> writer(String actor) {
    CompletableFuture<Optional<NodeId>> result = new CompletableFuture<>();
    loop.execute(() -> result.complete(mailroom.lastWriter(actor)));
    return result.join();
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }
}
