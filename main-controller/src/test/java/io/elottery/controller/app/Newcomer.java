package io.elottery.controller.app;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyJoin;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.FenceGate;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Roster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The least of a worker over real trunks: enrols, announces itself, keeps roster, keys, orders. */
final class Newcomer implements Lifecycle {
  final NodeId id;
  final NodeKeys keys;
  private final Map<String, KeyRing> rings = new ConcurrentHashMap<>();
  final FenceGate gate = new FenceGate();
  final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();
  volatile Roster roster = Roster.EMPTY;
  volatile Optional<String> refusal = Optional.empty();
  final NodeLoop loop;
  private final String store;
  private final NettyTrunks trunks;
  private final Switchboard board;
  private final LoopThread thread;

  Newcomer(Path home, String name, String store, NettyRuntime runtime) throws Exception {
    this.id = NodeId.of(name);
    this.store = store;
    keys = NodeKeys.open(home.resolve("keys"), id, Role.WORKER, new SecureRandomSource());
    loop =
        new NodeLoop(
            name,
            new SystemTime(),
            10_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    thread = new LoopThread(name, loop);
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            id,
            Role.WORKER,
            TrunkConfig.listeningOn(Address.parse("127.0.0.1:0")),
            keys::sslContext,
            lanes,
            new Announcing(),
            runtime);
    board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);
    board.serve(ReportsKinds.PROBE, (from, request, answer) -> answer.reply(empty()));
    board.on(ReportsKinds.LEAD, (from, envelope) -> lead(envelope));
    board.on(ReportsKinds.ROSTER, (from, envelope) -> roster(envelope));
    board.serve(
        KeyvaultKinds.PAIR_KEY,
        KeyvaultKinds.STEP_VERSION,
        (from, request, answer) -> keep(request, answer));
    board.serve(ReportsKinds.ORDER, (from, request, answer) -> order(request, answer));
  }

  /** Shows its token to a main and takes the certificate. */
  void enrol(Path home, Address main, NettyRuntime runtime) throws Exception {
    JoinToken token = JoinToken.parse(Files.readString(home.resolve("join.token")));
    EnrolRequest request =
        EnrolRequest.joining(token, id, Role.WORKER, keys.signingRequest(), store);
    Envelope reply =
        NettyJoin.call(
                main,
                NodeKeys.trustOnly(token.caFingerprint()),
                request.toEnvelope(),
                Duration.ofSeconds(5),
                runtime)
            .get(10, TimeUnit.SECONDS);
    keys.install(EnrolReply.from(reply).chain(), token.caFingerprint());
  }

  @Override
  public void start() {
    thread.start();
    trunks.start();
  }

  void dial(String main, Address address) {
    trunks.dial(NodeId.of(main), Role.MAIN, address);
  }

  /** The status JSON as a main tells it. */
  String network(String main) throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    loop.execute(
        () ->
            board
                .call(
                    NodeId.of(main),
                    new Envelope(ReportsKinds.NETWORK, ReportsKinds.VERSION, new byte[0]),
                    Duration.ofSeconds(2))
                .whenComplete(
                    (answer, problem) ->
                        result.complete(
                            answer == null
                                ? "{}"
                                : new String(answer.body(), StandardCharsets.UTF_8))));
    return result.get(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }

  private void announce(NodeId main) {
    Announce announce =
        new Announce(
            Optional.of(trunks.listening()),
            Optional.of(Address.parse("127.0.0.1:1")),
            Optional.of(store),
            1,
            gate.highest(),
            roster.fence(),
            roster.version());
    board
        .call(main, announce.envelope(), Duration.ofSeconds(2))
        .whenComplete(
            (taken, problem) -> {
              if (problem instanceof CallFailed failed) {
                refusal = Optional.of(failed.code());
                loop.after(Duration.ofMillis(200), () -> announce(main));
              }
            });
  }

  private void lead(Envelope envelope) {
    try {
      Lead lead = Lead.parse(envelope.body());
      gate.admits(lead.hemisphere(), lead.fence());
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void roster(Envelope envelope) {
    try {
      Roster next = Roster.parse(envelope.body());
      if (next.newerThan(roster)) {
        roster = next;
      }
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void keep(Envelope request, CallHandler.Answer answer) {
    try {
      KeyStep step = KeyStep.from(request);
      if (step.grant().isPresent()) {
        keys.put(step.grant().get());
      }
      KeyRing ring = rings.computeIfAbsent(step.link(), KeyRing::empty).take(step).ring();
      rings.put(step.link(), ring);
      answer.reply(ring.confirm(step).toEnvelope());
    } catch (Exception problem) {
      throw new AssertionError(problem);
    }
  }

  private void order(Envelope request, CallHandler.Answer answer) {
    try {
      Order order = Order.parse(request.body());
      if (gate.admits(order.hemisphere(), order.fence())) {
        orders.add(order);
        answer.reply(empty());
      } else {
        answer.refuse("OLD_FENCE", "a newer leader acts");
      }
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static Envelope empty() {
    return new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0]);
  }

  private final class Announcing implements ConnectionListener {
    @Override
    public void connected(Peer peer) {
      loop.post(() -> announce(peer.id()));
    }

    @Override
    public void disconnected(Peer peer, String why) {
      loop.post(() -> board.disconnected(peer.id()));
    }
  }
}
