package io.elottery.deploy.mains;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.relay.Relay;
import io.elottery.controller.relay.RelayConfig;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimStreams;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gateway that is cut from the workers of a shard sells through main, at the bucket's rate. */
class RelaySimulation {
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId GATEWAY = NodeId.of("gateway-1");
  private static final RelayConfig BUCKET = new RelayConfig(100, 200, 500);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int SECONDS = 5;

  private final SimWorld world = new SimWorld(1).untraced();
  private final SimStreams trunks = world.streams("TRUNK");
  private final Ring ring = RingBuilder.place(List.of(WORKER), 1, 1);
  private final Set<NodeId> reached = new TreeSet<>(Set.of(MAIN));
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Long> probes = new ArrayList<>();
  private final Map<NodeLoop, Switchboard> boards = new IdentityHashMap<>();
  private @Nullable Relay relay;
  private @Nullable Mailroom mailroom;
  private @Nullable NodeLoop gateway;

  @Test
  void theBucketsRateIsServedTheRestIsBusyAndSupervisionDoesNotWait() {
    world.node(WORKER.name(), Role.WORKER, this::worker);
    world.node(MAIN.name(), Role.MAIN, this::main);
    world.node(GATEWAY.name(), Role.GATEWAY, this::gateway);
    world.startAll();
    world.runFor(Duration.ofSeconds(1));

    for (int i = 0; i < 1_000 * SECONDS; i++) {
      world.after(Duration.ofMillis(i), this::buy);
    }
    world.runFor(Duration.ofSeconds(SECONDS + 3));

    long sold = deliveries.stream().filter(Delivery.Answered.class::isInstance).count();
    assertThat(deliveries).hasSize(1_000 * SECONDS);
    assertThat(sold).isBetween(200L + 100 * SECONDS - 20, 200L + 100 * SECONDS + 20);
    assertThat(deliveries)
        .filteredOn(delivery -> !(delivery instanceof Delivery.Answered))
        .allMatch(
            delivery ->
                delivery instanceof Delivery.Busy busy
                    && busy.retryAfter().equals(Duration.ofSeconds(1)));
    assertThat(relay().served()).isEqualTo(sold);
    assertThat(relay().refused()).isEqualTo(1_000L * SECONDS - sold);
    assertThat(probes).hasSizeGreaterThan(10 * SECONDS);
    assertThat(probes).as("round trips of probes, in ns").allMatch(nanos -> nanos < 50_000_000L);
  }

  @Test
  void withAWorkerReachedAgainMainIsNotAskedAnyMore() {
    world.node(WORKER.name(), Role.WORKER, this::worker);
    world.node(MAIN.name(), Role.MAIN, this::main);
    world.node(GATEWAY.name(), Role.GATEWAY, this::gateway);
    world.startAll();
    world.runFor(Duration.ofSeconds(1));
    buy();
    world.runFor(Duration.ofSeconds(1));
    assertThat(relay().served()).isEqualTo(1);

    reached.add(WORKER);
    for (int i = 0; i < 100; i++) {
      buy();
    }
    world.runFor(Duration.ofSeconds(1));

    assertThat(deliveries).hasSize(101).allMatch(Delivery.Answered.class::isInstance);
    assertThat(relay().served()).isEqualTo(1);
  }

  private void worker(SimNode at) {
    NodeLoop loop = at.loop("ledger");
    Switchboard board =
        new Switchboard(
            Lanes.LEDGER,
            trunks.attach(
                at,
                (from, envelope) -> loop.post(() -> boardOf(loop).received(from, envelope)),
                Connections.UNHEARD),
            loop);
    boards.put(loop, board);
    board
        .serve(
            LedgerKinds.COMMAND,
            (from, request, answer) ->
                answer.reply(
                    new Response.Answer(new ShardId(0), new LogPosition(1), new byte[1])
                        .envelope()))
        .serve(
            ReportsKinds.PROBE,
            (from, request, answer) ->
                answer.reply(new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0])));
  }

  private Switchboard boardOf(NodeLoop loop) {
    Switchboard board = boards.get(loop);
    if (board == null) {
      throw new IllegalStateException("no switchboard on " + loop.name());
    }
    return board;
  }

  // As ControllerNode has it: supervision on one loop, the relay on another.
  private void main(SimNode at) {
    NodeLoop supervision = at.loop("main");
    NodeLoop relaying = at.loop("relay");
    Lanes lanes = new Lanes();
    var transport = trunks.attach(at, lanes, Connections.UNHEARD);
    Switchboard board = new Switchboard(Lanes.SUPERVISION, transport, supervision);
    Switchboard relayed = new Switchboard(Lanes.LEDGER, transport, relaying);
    lanes.add(Lanes.SUPERVISION, module -> module != 2, supervision, board);
    lanes.add(Lanes.LEDGER, module -> module == 2, relaying, relayed);
    relay = new Relay(relaying, relayed, MailroomConfig.defaults(), BUCKET);
    relay.ring(Optional.of(ring));
    supervision.every(Duration.ofMillis(100), () -> probe(board));
  }

  private void probe(Switchboard board) {
    long began = world.nanos();
    board
        .call(
            WORKER,
            new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]),
            Duration.ofSeconds(1))
        .whenComplete(
            (probed, problem) -> {
              if (problem == null) {
                probes.add(world.nanos() - began);
              }
            });
  }

  private void gateway(SimNode at) {
    NodeLoop loop = at.loop("gateway");
    Switchboard board =
        new Switchboard(
            Lanes.LEDGER,
            trunks.attach(
                at,
                (from, envelope) -> loop.post(() -> boardOf(loop).received(from, envelope)),
                Connections.UNHEARD),
            loop);
    boards.put(loop, board);
    gateway = loop;
    mailroom =
        new Mailroom(
            board,
            new GatewayRoute(() -> Optional.of(ring), reached::contains, Set.of(MAIN)),
            loop,
            loop.time(),
            MailroomConfig.defaults());
  }

  private void buy() {
    NodeLoop loop = gateway;
    Mailroom selling = mailroom;
    if (loop == null || selling == null) {
      throw new IllegalStateException("the gateway is not there");
    }
    loop.post(
        () -> selling.deliver("branch/TOR", new byte[8], PATIENCE).thenAccept(deliveries::add));
  }

  private Relay relay() {
    Relay made = relay;
    if (made == null) {
      throw new IllegalStateException("the main is not there");
    }
    return made;
  }
}
