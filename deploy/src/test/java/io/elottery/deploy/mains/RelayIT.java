package io.elottery.deploy.mains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.relay.Relay;
import io.elottery.controller.relay.RelayConfig;
import io.elottery.controller.supervision.SocketReach;
import io.elottery.controller.supervision.SupervisionConfig;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.deploy.bench.wire.Certified;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
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
import io.elottery.heartbeat.registry.RegistryState;
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
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import io.elottery.web.network.GatewayRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link RelaySimulation} over real trunks: a gateway that reaches main alone goes on selling at
 * the bucket's rate, the rest is busy at once, and main's verdicts are not late: a worker that dies
 * meanwhile is called down within the bound, and no other one is doubted.
 */
@Tag("it")
class RelayIT {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final NodeId DYING = NodeId.of("worker-2");
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId GATEWAY = NodeId.of("gateway-1");
  private static final int RATE = 100;
  private static final int BURST = 50;
  private static final int ORDERS = 1_500;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  // A closed trunk where nobody listens any more needs no bound of silence; this is for the
  // machine.
  private static final Duration VERDICT_MAX = Duration.ofSeconds(2);

  private final NettyRuntime runtime = new NettyRuntime(2);
  private final Certified certified = new Certified(new SecureRandomSource(), new SystemTime());
  private final Ring ring = RingBuilder.place(List.of(WORKER), 1, 1);
  private final List<Lifecycle> running = new ArrayList<>();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final Queue<Judged> judged = new ConcurrentLinkedQueue<>();
  private final Map<NodeId, Address> addresses = new ConcurrentHashMap<>();
  private volatile Optional<Supervisor> supervisor = Optional.empty(); // main's, on main's loop

  /** A verdict that changed. */
  private record Judged(NodeId worker, Verdict verdict, long nanos) {}

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
    Server worker = worker(WORKER);
    Server dying = worker(DYING);
    Server main = server(MAIN, Role.MAIN, true);
    Relay relay = relay(main);
    main.trunks.dial(WORKER, Role.WORKER, worker.trunks.listening());
    main.trunks.dial(DYING, Role.WORKER, dying.trunks.listening());
    Server gateway = server(GATEWAY, Role.GATEWAY, false);
    Mailroom mailroom = mailroom(gateway);
    gateway.trunks.dial(MAIN, Role.MAIN, main.trunks.listening());
    await().until(() -> isJudged(WORKER) && isJudged(DYING) && gateway.up.contains(MAIN));

    long began = System.nanoTime();
    gateway.loop.execute(
        () -> {
          for (int i = 0; i < ORDERS; i++) {
            gateway.loop.after(Duration.ofMillis(i), () -> buy(mailroom));
          }
        });
    await().until(() -> deliveries.size() > ORDERS / 3);
    long died = System.nanoTime();
    dying.trunks.close();
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
    assertThat(lost).isEmpty();
    await().atMost(VERDICT_MAX).until(() -> judged.stream().anyMatch(RelayIT::isDown));
    assertThat(judged).filteredOn(RelayIT::isDown).allMatch(one -> one.worker.equals(DYING));
    assertThat(judged)
        .filteredOn(RelayIT::isDown)
        .as("the verdict while the gateway was served")
        .allMatch(one -> one.nanos - died < VERDICT_MAX.toNanos());
    assertThat(judged).filteredOn(one -> one.worker.equals(WORKER)).allMatch(RelayIT::isUp);
  }

  private boolean isJudged(NodeId worker) {
    return judged.stream().anyMatch(one -> one.worker.equals(worker) && isUp(one));
  }

  private static boolean isUp(Judged one) {
    return one.verdict == Verdict.UP;
  }

  private static boolean isDown(Judged one) {
    return one.verdict == Verdict.DOWN;
  }

  private void buy(Mailroom mailroom) {
    mailroom
        .deliver("branch/TOR", new byte[8], PATIENCE)
        .whenComplete(
            (delivery, problem) -> {
              if (problem == null) {
                deliveries.add(delivery);
              } else {
                lost.add("an order was lost: " + problem);
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
                told(self, loop, watching -> watching.connected(peer));
              }

              @Override
              public void disconnected(Peer peer, String why) {
                up.remove(peer.id());
                lanes.disconnected(peer.id());
                told(self, loop, watching -> watching.disconnected(peer));
              }
            },
            runtime);
    trunks.start();
    running.add(trunks);
    if (listens) {
      addresses.put(self, trunks.listening());
    }
    return new Server(trunks, loop, lanes, up);
  }

  private void told(NodeId self, NodeLoop loop, Consumer<Supervisor> what) {
    if (self.equals(MAIN)) {
      loop.execute(() -> supervisor.ifPresent(what));
    }
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

  private Server worker(NodeId id) {
    Server worker = server(id, Role.WORKER, true);
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
    supervise(main, board);
    return relay;
  }

  private void supervise(Server main, Switchboard board) {
    Hemispheres halves = new Hemispheres(MAIN);
    RegistrySession session = new RegistrySession(main.loop.time());
    Supervisor watching =
        new Supervisor(
            new Supervisor.Ports(
                board,
                main.loop,
                halves,
                session,
                new SocketReach(Optional.empty()),
                List.of(),
                id -> Optional.ofNullable(addresses.get(id)),
                (judgement, fence) ->
                    judged.add(
                        new Judged(judgement.worker(), judgement.verdict(), System.nanoTime()))),
            SupervisionConfig.from(ConfigSource.of(Map.of())));
    supervisor = Optional.of(watching);
    main.loop.execute(
        () -> {
          watching.start();
          watching.watch(List.of(watched(WORKER), watched(DYING)));
          session.changed(RegistryState.CONNECTED);
          halves.elected(Hemisphere.LEFT, 1);
        });
  }

  private static RosterWorker watched(NodeId worker) {
    return new RosterWorker(worker, Hemisphere.LEFT, Optional.empty(), Optional.empty(), List.of());
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
