package io.elottery.deploy.mains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.controller.relay.Relay;
import io.elottery.controller.relay.RelayConfig;
import io.elottery.deploy.bench.wire.Certified;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.ReportsKinds;
import io.elottery.web.network.GatewayRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link RelaySimulation} over real trunks: a gateway that reaches main alone goes on selling at
 * the bucket's rate, the rest is busy at once, and main's probes are answered as before.
 */
@Tag("it")
class RelayIT {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId GATEWAY = NodeId.of("gateway-1");
  private static final int RATE = 100;
  private static final int BURST = 50;
  private static final int ORDERS = 1_500;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  // A worker whose probes take longer is suspected.
  private static final Duration PROBE_MAX = Duration.ofSeconds(2);

  private final NettyRuntime runtime = new NettyRuntime(2);
  private final Certified certified = new Certified(new SecureRandomSource(), new SystemTime());
  private final Ring ring = RingBuilder.place(List.of(WORKER), 1, 1);
  private final List<Lifecycle> running = new ArrayList<>();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<String> lateProbes = new ConcurrentLinkedQueue<>();
  private final Queue<Boolean> probes = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
    runtime.close();
  }

  @Test
  void cutGatewaySellsThroughMainAtTheBucketsRate() {
    runtime.start();
    Server worker = worker();
    Server main = server(MAIN, Role.MAIN, true);
    Relay relay = relay(main);
    main.trunks.dial(WORKER, Role.WORKER, worker.trunks.listening());
    Server gateway = server(GATEWAY, Role.GATEWAY, false);
    Mailroom mailroom = mailroom(gateway);
    gateway.trunks.dial(MAIN, Role.MAIN, main.trunks.listening());
    await().until(() -> main.up.contains(WORKER) && gateway.up.contains(MAIN));

    long began = System.nanoTime();
    gateway.loop.execute(
        () -> {
          for (int i = 0; i < ORDERS; i++) {
            gateway.loop.after(Duration.ofMillis(i), () -> buy(mailroom));
          }
        });
    await().atMost(Duration.ofSeconds(60)).until(() -> deliveries.size() == ORDERS);
    double seconds = (System.nanoTime() - began) / 1e9;

    long sold = deliveries.stream().filter(Delivery.Answered.class::isInstance).count();
    assertThat(sold).isBetween((long) BURST, (long) (BURST + RATE * (seconds + 1)));
    assertThat(deliveries)
        .filteredOn(delivery -> !(delivery instanceof Delivery.Answered))
        .isNotEmpty()
        .allMatch(Delivery.Busy.class::isInstance);
    assertThat(relay.served()).isEqualTo(sold);
    assertThat(relay.refused()).isEqualTo(ORDERS - sold);
    assertThat(lateProbes).as("probes while the gateway was served").isEmpty();
    assertThat(probes).hasSizeGreaterThan(5);
  }

  private void buy(Mailroom mailroom) {
    mailroom
        .deliver("branch/TOR", new byte[8], PATIENCE)
        .whenComplete(
            (delivery, problem) -> {
              if (problem == null) {
                deliveries.add(delivery);
              } else {
                lateProbes.add("an order was lost: " + problem);
              }
            });
  }

  /** One server: its trunks and its loop. */
  private record Server(NettyTrunks trunks, NodeLoop loop, Lanes lanes, Set<NodeId> up) {}

  private Server server(NodeId self, Role role, boolean listens) {
    NodeLoop loop = loop(self.name());
    Lanes lanes = new Lanes();
    Set<NodeId> up = ConcurrentHashMap.newKeySet();
    var context = certified.context(self, role);
    NettyTrunks trunks =
        new NettyTrunks(
            self,
            role,
            listens
                ? TrunkConfig.listeningOn(new Address("127.0.0.1", 0)).withoutJoining()
                : TrunkConfig.dialOnly(),
            () -> context,
            lanes,
            new ConnectionListener() {
              @Override
              public void connected(Peer peer) {
                up.add(peer.id());
              }

              @Override
              public void disconnected(Peer peer, String why) {
                up.remove(peer.id());
                lanes.disconnected(peer.id());
              }
            },
            runtime);
    trunks.start();
    running.add(trunks);
    return new Server(trunks, loop, lanes, up);
  }

  private NodeLoop loop(String name) {
    NodeLoop loop =
        new NodeLoop(
            name,
            new SystemTime(),
            10_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    LoopThread thread = new LoopThread(name, loop);
    thread.start();
    running.add(thread);
    return loop;
  }

  private Server worker() {
    Server worker = server(WORKER, Role.WORKER, true);
    Switchboard board = new Switchboard(Lanes.LEDGER, worker.trunks, worker.loop);
    Switchboard probed = new Switchboard(Lanes.SUPERVISION, worker.trunks, worker.loop);
    worker
        .lanes
        .add(Lanes.SUPERVISION, module -> module != 2, worker.loop, probed)
        .add(Lanes.LEDGER, module -> module == 2, worker.loop, board);
    // Nothing comes before it is dialled.
    board.serve(
        LedgerKinds.COMMAND,
        (from, request, answer) ->
            answer.reply(
                new Response.Answer(new ShardId(0), new LogPosition(1), new byte[1]).envelope()));
    probed.serve(
        ReportsKinds.PROBE,
        (from, request, answer) ->
            answer.reply(new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0])));
    return worker;
  }

  // As ControllerNode has it: supervision on one loop, the relay on another.
  private Relay relay(Server main) {
    NodeLoop relaying = loop("relay");
    Switchboard board = new Switchboard(Lanes.SUPERVISION, main.trunks, main.loop);
    Switchboard relayed = new Switchboard(Lanes.LEDGER, main.trunks, relaying);
    main.lanes
        .add(Lanes.SUPERVISION, module -> module != 2, main.loop, board)
        .add(Lanes.LEDGER, module -> module == 2, relaying, relayed);
    Relay relay =
        new Relay(relaying, relayed, MailroomConfig.defaults(), new RelayConfig(RATE, BURST, 500));
    relay.ring(Optional.of(ring));
    main.loop.execute(
        () ->
            main.loop.every(
                Duration.ofMillis(100),
                () -> {
                  if (main.up.contains(WORKER)) {
                    probe(board);
                  }
                }));
    return relay;
  }

  private void probe(Switchboard board) {
    board
        .call(
            WORKER, new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]), PROBE_MAX)
        .whenComplete(
            (answer, problem) -> {
              probes.add(problem == null);
              if (problem != null && !deliveries.isEmpty() && deliveries.size() < ORDERS) {
                lateProbes.add(String.valueOf(problem.getMessage()));
              }
            });
  }

  private Mailroom mailroom(Server gateway) {
    Switchboard board = new Switchboard(Lanes.LEDGER, gateway.trunks, gateway.loop);
    gateway.lanes.add(Lanes.LEDGER, module -> true, gateway.loop, board);
    return new Mailroom(
        board,
        new GatewayRoute(() -> Optional.of(ring), gateway.up::contains, Set.of(MAIN)),
        gateway.loop,
        new SystemTime(),
        MailroomConfig.defaults());
  }
}
