package io.elottery.foundation.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.wire.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
  private static final NodeId A = NodeId.of("main-1");
  private static final NodeId B = NodeId.of("worker-1");
  private static final Peer PEER_A = new Peer(A, Role.MAIN);
  private static final int PING = 0x7f01;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimWorld world = new SimWorld(1);
  private final Map<NodeId, Switchboard> boards = new HashMap<>();
  private final Map<NodeId, Lanes> lanes = new HashMap<>();
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void connect() {
    world.node("main-1", Role.MAIN, this::boot);
    world.node("worker-1", Role.WORKER, this::boot);
    world.startAll();
    world.runFor(SECOND);
  }

  private void boot(SimNode node) {
    NodeLoop loop = node.loop("supervision");
    Lanes own = new Lanes();
    Transport transport =
        node.transport(
            "trunk",
            own,
            new Connections() {
              @Override
              public void connected(Peer peer) {}

              @Override
              public void disconnected(Peer peer) {
                own.disconnected(peer.id());
              }
            });
    Switchboard board = new Switchboard(Lanes.SUPERVISION, transport, loop);
    own.add(Lanes.SUPERVISION, module -> module == 0x7f, loop, board);
    boards.put(node.id(), board);
    lanes.put(node.id(), own);
  }

  private Switchboard board(NodeId node) {
    Switchboard board = boards.get(node);
    assertThat(board).isNotNull();
    return board;
  }

  private static Envelope ping(int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return new Envelope(PING, 1, bytes);
  }

  private CallFailed failure(CompletableFuture<Envelope> call) {
    CompletionException failed = catchThrowableOfType(CompletionException.class, call::join);
    assertThat(failed.getCause()).isInstanceOf(CallFailed.class);
    return (CallFailed) failed.getCause();
  }

  @Test
  void callIsAnsweredByItsHandler() {
    board(B).serve(PING, (from, request, answer) -> answer.reply(ping(request.body()[0] + 1)));

    CompletableFuture<Envelope> call = board(A).call(B, ping(4), SECOND);
    world.runUntil("the answer", call::isDone, SECOND);

    assertThat(call.join()).isEqualTo(ping(5));
  }

  @Test
  void refusalCarriesItsCode() {
    board(B).serve(PING, (from, request, answer) -> answer.refuse("NOT_LEADER", "ask main-2"));

    CompletableFuture<Envelope> call = board(A).call(B, ping(), SECOND);
    world.runUntil("the refusal", call::isDone, SECOND);

    assertThat(failure(call).code()).isEqualTo("NOT_LEADER");
    assertThat(failure(call).why()).isEqualTo(CallFailed.Why.REFUSED);
    assertThat(failure(call)).hasMessage("worker-1: ask main-2");
  }

  @Test
  void kindNobodyServesIsRefused() {
    CompletableFuture<Envelope> call = board(A).call(B, ping(), SECOND);
    world.runUntil("the refusal", call::isDone, SECOND);

    assertThat(failure(call).code()).isEqualTo("NOT_SERVED");
  }

  @Test
  void silenceEndsInATimeOut() {
    board(B).serve(PING, (from, request, answer) -> {});

    CompletableFuture<Envelope> call = board(A).call(B, ping(), SECOND);
    world.runFor(SECOND.multipliedBy(2));

    assertThat(failure(call).why()).isEqualTo(CallFailed.Why.TIMED_OUT);
  }

  @Test
  void lostConnectionEndsItsCallsAtOnce() {
    board(B).serve(PING, (from, request, answer) -> {});

    CompletableFuture<Envelope> call = board(A).call(B, ping(), Duration.ofHours(1));
    world.runFor(Duration.ofMillis(100));
    world.node(B).crash();
    world.runUntil("the end", call::isDone, SECOND);

    assertThat(failure(call).why()).isEqualTo(CallFailed.Why.CONNECTION_LOST);
  }

  @Test
  void callToNobodyIsNotSent() {
    CompletableFuture<Envelope> call = board(A).call(NodeId.of("worker-9"), ping(), SECOND);

    assertThat(failure(call).why()).isEqualTo(CallFailed.Why.NOT_SENT);
  }

  @Test
  void answerFromAnotherServerIsNotTaken() {
    board(B).serve(PING, (from, request, answer) -> {});
    CompletableFuture<Envelope> call = board(A).call(B, ping(), SECOND);
    byte[] forged = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 1};

    board(A)
        .received(
            new Peer(NodeId.of("worker-2"), Role.WORKER),
            new Envelope(Switchboard.RESPONSE, 1, forged));

    assertThat(call).isNotDone();
  }

  @Test
  void oneWayEnvelopeReachesItsReceiver() {
    board(B).on(PING, (from, envelope) -> heard.add(from + " " + envelope.body()[0]));

    assertThat(board(A).send(B, ping(3))).isTrue();
    world.runFor(SECOND);

    assertThat(heard).containsExactly("main-1(main) 3");
  }

  @Test
  void malformedCallIsDroppedAndCounted() {
    board(B).received(PEER_A, new Envelope(Switchboard.REQUEST, 1, new byte[] {0, 1}));

    assertThat(board(B).dropped()).isEqualTo(1);
  }

  @Test
  void kindWithoutALaneIsDroppedAndCounted() {
    Lanes own = lanes.get(B);
    assertThat(own).isNotNull();

    own.received(PEER_A, new Envelope(0x0201, 1, new byte[0]));
    own.received(PEER_A, new Envelope(Switchboard.RESPONSE, 1, new byte[] {9}));

    assertThat(own.dropped()).isEqualTo(2);
  }
}
