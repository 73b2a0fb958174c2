package io.elottery.heartbeat.impulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.detector.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Three workers on one loop under a clock the test turns; each hop takes 2 ms. */
class ImpulseExchangeTest {
  private static final long MILLIS = 1_000_000;
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");

  private final Clock clock = new Clock();
  private final NodeLoop loop =
      new NodeLoop(
          "test",
          clock,
          10_000,
          (where, problem) -> {
            throw new AssertionError(problem);
          });
  private final Map<NodeId, ImpulseExchange> workers = new HashMap<>();
  private final List<String> changes = new ArrayList<>();
  private final List<Long> sentByOne = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private NodeId silenced = NodeId.of("nobody");

  @Test
  void everyoneHearsEveryone() {
    knit(ONE, TWO, THREE);

    run(10_000);

    for (NodeId id : List.of(ONE, TWO, THREE)) {
      for (NeighbourView view : worker(id).views()) {
        assertThat(view.heard()).isBetween(18L, 20L);
        assertThat(view.lost()).isZero();
        assertThat(view.hearsMe()).isTrue();
        assertThat(view.hearsMain()).isTrue();
        assertThat(view.suspicion()).isEqualTo(Suspicion.TRUSTED);
        assertThat(view.roundTrip()).isEqualTo(Duration.ofMillis(4));
      }
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void impulsesAreStaggeredOverTheNeighbours() {
    knit(ONE, TWO, THREE);

    run(3_000);

    for (int i = 1; i < sentByOne.size(); i++) {
      assertThat(sentByOne.get(i) - sentByOne.get(i - 1)).isEqualTo(250 * MILLIS);
    }
    assertThat(sentByOne).hasSizeGreaterThan(10);
  }

  @Test
  void impulseOfTheLowerIdIsAnsweredAtOnce() {
    knit(ONE, TWO);

    run(1_600);

    assertThat(sent)
        .containsExactly(
            "500 worker-1 to worker-2 6",
            "502 worker-2 to worker-1 6",
            "1000 worker-1 to worker-2 8",
            "1002 worker-2 to worker-1 6",
            "1500 worker-1 to worker-2 8",
            "1502 worker-2 to worker-1 6");
  }

  @Test
  void higherIdSendsWithoutBeingAskedWhenTheLowerIsSilent() {
    knit(ONE, TWO);
    run(3_100);
    silenced = ONE;
    sent.clear();

    run(2_000);

    assertThat(sent.stream().filter(line -> line.contains("worker-2 to")).toList())
        .containsExactly(
            "3552 worker-2 to worker-1 8",
            "4102 worker-2 to worker-1 8",
            "4652 worker-2 to worker-1 8");
  }

  @Test
  void manyImpulsesTogetherAreAnsweredOnce() {
    knit(ONE, TWO);
    run(2_100);
    clock.nanos += 300 * MILLIS;
    sent.clear();

    for (int i = 100; i < 200; i++) {
      worker(TWO).received(peer(ONE), new Impulse(i, 7, 0, true, false, 0, Duration.ZERO).full());
    }

    assertThat(sent).hasSize(1);
  }

  @Test
  void briefImpulseOfAnotherProcessIsNotHeard() {
    knit(ONE, TWO);
    run(2_000);
    ImpulseExchange one = worker(ONE);
    long heard = one.views().get(0).heard();

    one.received(peer(TWO), new Impulse(900, 8, 0, true, false, 0, Duration.ZERO).brief());
    one.received(peer(TWO), new Impulse(900, 7, 0, true, false, 0, Duration.ZERO).brief());

    assertThat(one.views().get(0).heard()).isEqualTo(heard + 1);
    assertThat(one.rejections().count()).isOne();
  }

  @Test
  void silentNeighbourIsSuspectedThenDead() {
    knit(ONE, TWO, THREE);
    run(5_000);

    silenced = THREE;
    run(2_000);
    assertThat(changes)
        .containsExactlyInAnyOrder(
            "worker-1: worker-3 TRUSTED → SUSPECT", "worker-2: worker-3 TRUSTED → SUSPECT");
    run(4_000);
    assertThat(changes).contains("worker-1: worker-3 SUSPECT → DEAD");

    silenced = NodeId.of("nobody");
    run(1_000);
    assertThat(changes).contains("worker-1: worker-3 DEAD → TRUSTED");
  }

  @Test
  void overdueImpulseIsToldOnceForEachSilence() {
    knit(ONE, TWO, THREE);
    List<String> late = new ArrayList<>();
    List<NodeId> again = new ArrayList<>();
    worker(ONE)
        .whenOverdue(
            new OverdueListener() {
              @Override
              public void overdue(NodeId neighbour) {
                late.add(clock.nanos / MILLIS + " " + neighbour);
              }

              @Override
              public void heardAgain(NodeId neighbour) {
                again.add(neighbour);
              }
            });
    run(5_100);
    assertThat(late).isEmpty();

    silenced = TWO;
    run(3_000);
    assertThat(late).containsExactly("5329 worker-2");
    assertThat(again).isEmpty();

    silenced = NodeId.of("nobody");
    run(2_000);
    assertThat(again).containsExactly(TWO);
    silenced = TWO;
    run(2_000);
    assertThat(late).hasSize(2).last().asString().endsWith("worker-2");
  }

  @Test
  void closedAndRefusedConnectionTellsAtOnce() {
    knit(ONE, TWO, THREE);
    run(3_000);

    worker(ONE).disconnected(TWO);
    worker(ONE).refusedReconnect(TWO);

    assertThat(changes)
        .containsExactly(
            "worker-1: worker-2 TRUSTED → SUSPECT", "worker-1: worker-2 SUSPECT → DEAD");
  }

  @Test
  void pausedObserverDoubtsItselfInsteadOfAccusing() {
    knit(ONE, TWO, THREE);
    run(3_000);

    clock.nanos += 20_000 * MILLIS; // nothing ran for 20 s

    run(50);
    assertThat(worker(ONE).doubtful()).isTrue();
    run(2_000);
    assertThat(worker(ONE).doubtful()).isFalse();
    assertThat(changes).isEmpty();
  }

  @Test
  void impulsesOfAnEarlierProcessAndStrangersAreDropped() {
    knit(ONE, TWO);
    run(2_000);
    ImpulseExchange one = worker(ONE);
    long heard = one.views().get(0).heard();

    one.received(peer(TWO), new Impulse(900, 1, 0, true, false, 0, Duration.ZERO).full());
    one.received(peer(THREE), new Impulse(1, 9, 0, true, false, 0, Duration.ZERO).full());
    one.received(peer(TWO), new Envelope(HeartbeatKinds.IMPULSE, 1, new byte[3]));

    assertThat(one.views().get(0).heard()).isEqualTo(heard);
    assertThat(one.rejections().count()).isEqualTo(3);
  }

  @Test
  void restartedNeighbourBeginsItsSequenceAnew() {
    knit(ONE, TWO);
    run(2_000);
    ImpulseExchange one = worker(ONE);
    long heard = one.views().get(0).heard();

    one.received(peer(TWO), new Impulse(1, 99, 0, false, false, 0, Duration.ZERO).full());

    NeighbourView view = one.views().get(0);
    assertThat(view.heard()).isEqualTo(heard + 1);
    assertThat(view.lost()).isZero();
    assertThat(view.hearsMe()).isFalse();
  }

  @Test
  void lostImpulsesAreCountedUnderAnyLoss() {
    Random random = new Random(17);
    knit(ONE, TWO);
    long[] dropped = {0};
    loss =
        () -> {
          boolean lose = random.nextInt(5) == 0;
          dropped[0] += lose ? 1 : 0;
          return lose;
        };

    run(200_000);

    long lost = worker(ONE).views().get(0).lost() + worker(TWO).views().get(0).lost();
    // All but the last few of each direction, which no later impulse has shown to be missing.
    assertThat(lost).isBetween(dropped[0] - 10, dropped[0]);
  }

  private BooleanSupplier loss = () -> false;

  private void knit(NodeId... ids) {
    for (NodeId id : ids) {
      ImpulseExchange exchange =
          new ImpulseExchange(
              id,
              7,
              DetectorConfig.every(Duration.ofMillis(500)),
              (to, envelope) -> send(id, to, envelope),
              loop,
              clock,
              () -> new SelfState(100, true),
              (neighbour, from, to, because) ->
                  changes.add(id + ": " + neighbour + " " + from + " → " + to));
      workers.put(id, exchange);
      List<NodeId> others = new ArrayList<>(List.of(ids));
      others.remove(id);
      exchange.neighbours(others);
      others.forEach(exchange::connected);
      exchange.start();
    }
  }

  private boolean send(NodeId from, NodeId to, Envelope envelope) {
    sent.add(clock.nanos / MILLIS + " " + from + " to " + to + " " + envelope.body().length);
    if (from.equals(ONE)) {
      sentByOne.add(clock.nanos);
    }
    if (!from.equals(silenced) && !loss.getAsBoolean()) {
      loop.after(Duration.ofMillis(2), () -> worker(to).received(peer(from), envelope));
    }
    return true;
  }

  private ImpulseExchange worker(NodeId id) {
    return Objects.requireNonNull(workers.get(id));
  }

  private static Peer peer(NodeId id) {
    return new Peer(id, Role.WORKER);
  }

  private void run(long millis) {
    for (long i = 0; i < millis; i++) {
      clock.nanos += MILLIS;
      loop.poll();
    }
  }

  private static final class Clock implements Time {
    long nanos;

    @Override
    public Instant now() {
      return Instant.ofEpochMilli(1_700_000_000_000L).plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
