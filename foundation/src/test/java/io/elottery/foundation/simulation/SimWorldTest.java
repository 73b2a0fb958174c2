package io.elottery.foundation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimWorldTest {
  private static final NodeId A = NodeId.of("worker-1");
  private static final NodeId B = NodeId.of("worker-2");

  /** Each server counts on its disk what it hears and passes it on, for ever. */
  private static final class Chatter {
    private final SimWorld world;
    private final Map<NodeId, Integer> heard = new TreeMap<>();

    Chatter(long seed, int servers) {
      world = new SimWorld(seed);
      for (int i = 1; i <= servers; i++) {
        world.node("worker-" + i, Role.WORKER, this::boot);
      }
    }

    private void boot(SimNode node) {
      NodeLoop loop = node.loop("talk");
      SimDisk disk = node.disk("notes");
      Transport[] out = new Transport[1];
      out[0] =
          node.transport(
              "talk",
              (from, envelope) ->
                  loop.post(
                      () -> {
                        heard.merge(node.id(), 1, Integer::sum);
                        disk.put(envelope.body(), new byte[] {1});
                        sync(disk);
                        out[0].send(from.id(), envelope);
                      }));
      loop.every(
          Duration.ofMillis(100),
          () -> {
            for (SimNode other : world.nodes()) {
              out[0].send(other.id(), new Envelope(0x7f01, 1, node.random().bytes(4)));
            }
          });
    }

    int heard(NodeId node) {
      return heard.getOrDefault(node, 0);
    }
  }

  private static void sync(SimDisk disk) {
    try {
      disk.sync();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static long traceOf(long seed) {
    Chatter chatter = new Chatter(seed, 4);
    chatter.world.network("talk").behave(NetworkFaults.many());
    chatter.world.startAll();
    SimChaos chaos =
        new SimChaos(chatter.world, chatter.world.nodes(), 2, Duration.ofMillis(200)).begin();
    chatter.world.runFor(Duration.ofSeconds(20));
    chaos.end();
    chatter.world.runFor(Duration.ofSeconds(1));
    assertThat(chaos.acts()).isGreaterThan(20);
    return chatter.world.traceHash();
  }

  @Test
  void theSameSeedIsTheSameRun() {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(traceOf(seed)).isEqualTo(traceOf(seed));
    }
  }

  @Test
  void anotherSeedIsAnotherRun() {
    assertThat(traceOf(1)).isNotEqualTo(traceOf(2));
  }

  @Test
  void crashTakesLoopsTimersAndConnections() {
    Chatter chatter = new Chatter(1, 2);
    chatter.world.startAll();
    chatter.world.runUntil("talk", () -> chatter.heard(A) > 3, Duration.ofSeconds(5));

    chatter.world.node(A).crash();
    int heard = chatter.heard(A);
    chatter.world.runFor(Duration.ofSeconds(5));

    assertThat(chatter.heard(A)).isEqualTo(heard);
    assertThat(chatter.world.network("talk").connected(A, B)).isFalse();
  }

  @Test
  void restartedServerConnectsAgain() {
    Chatter chatter = new Chatter(1, 2);
    chatter.world.startAll();
    chatter.world.runFor(Duration.ofSeconds(1));

    chatter.world.node(A).crash();
    chatter.world.node(A).start();
    int heard = chatter.heard(A);

    chatter.world.runUntil("talk again", () -> chatter.heard(A) > heard, Duration.ofSeconds(5));
    assertThat(chatter.world.node(A).starts()).isEqualTo(2);
  }

  @Test
  void oneWayCutSwallowsThatWayOnly() {
    Chatter chatter = new Chatter(1, 2);
    chatter.world.startAll();
    chatter.world.runFor(Duration.ofSeconds(1));

    chatter.world.cutOneWay(A, B);
    chatter.world.runFor(Duration.ofMillis(20));
    int heardByA = chatter.heard(A);
    int heardByB = chatter.heard(B);
    chatter.world.runFor(Duration.ofSeconds(2));

    assertThat(chatter.heard(B)).isEqualTo(heardByB);
    assertThat(chatter.heard(A)).isGreaterThan(heardByA);

    chatter.world.heal();
    chatter.world.runUntil("healed", () -> chatter.heard(B) > heardByB, Duration.ofSeconds(5));
  }

  @Test
  void pausedServerDoesNothingAndLosesNothing() {
    List<String> ran = new ArrayList<>();
    SimWorld world = new SimWorld(3);
    world.node(
        "worker-1",
        Role.WORKER,
        node -> node.loop("x").after(Duration.ofSeconds(1), () -> ran.add("timer")));
    world.startAll();

    world.node(A).pause();
    world.runFor(Duration.ofSeconds(5));
    assertThat(ran).isEmpty();

    world.node(A).resume();
    world.runFor(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("timer");
  }

  @Test
  void jumpMovesTheWallClockAlone() {
    SimWorld world = new SimWorld(3);
    SimTime time = world.node("worker-1", Role.WORKER, node -> {}).time();
    long nanos = time.nanos();

    time.jump(Duration.ofMinutes(-5));

    assertThat(time.now()).isEqualTo(SimWorld.BEGINNING.minus(Duration.ofMinutes(5)));
    assertThat(time.nanos()).isEqualTo(nanos);
  }

  @Test
  void driftingClockGainsAndItsTimersComeEarly() {
    List<Duration> ran = new ArrayList<>();
    SimWorld world = new SimWorld(3);
    SimNode node =
        world.node(
            "worker-1",
            Role.WORKER,
            self -> self.loop("x").after(Duration.ofSeconds(100), () -> ran.add(world.elapsed())));
    node.time().drift(100_000);
    world.startAll();

    world.runFor(Duration.ofSeconds(110));

    assertThat(ran).hasSize(1);
    assertThat(ran.get(0)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
  }

  @Test
  void brokenInvariantNamesItselfTheSeedAndTheCommand() {
    SimWorld world = new SimWorld(77);
    world.invariant(
        "NothingEver",
        () -> {
          throw new AssertionError("something happened");
        });
    world.after(Duration.ofSeconds(1), () -> {});

    assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(2)))
        .isInstanceOf(SimFailure.class)
        .hasMessageContaining("NothingEver is broken: something happened")
        .hasMessageContaining("seed 77")
        .hasMessageContaining("mvn -pl foundation -am test -Dtest=SimWorldTest")
        .hasMessageContaining("-Dseed=77");
  }

  @Test
  void whatIsThrownInALoopEndsTheRun() {
    SimWorld world = new SimWorld(5);
    world.node(
        "worker-1",
        Role.WORKER,
        node ->
            node.loop("x")
                .post(
                    () -> {
                      throw new IllegalStateException("bug");
                    }));
    world.startAll();

    assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
        .isInstanceOf(SimFailure.class)
        .hasMessageContaining("worker-1/x: java.lang.IllegalStateException: bug");
  }

  @Test
  void runThatNeverEndsIsEnded() {
    SimWorld world = new SimWorld(5).limit(1_000);
    world.node("worker-1", Role.WORKER, node -> again(node.loop("x")));
    world.startAll();

    assertThatThrownBy(() -> world.runFor(Duration.ofDays(1)))
        .isInstanceOf(SimFailure.class)
        .hasMessageContaining("more than 1000 events");
  }

  private static void again(NodeLoop loop) {
    loop.post(() -> again(loop));
  }

  @Test
  void offLoopTasksRunLaterAndDieWithTheirServer() {
    List<String> ran = new ArrayList<>();
    SimWorld world = new SimWorld(5);
    SimNode node =
        world.node("worker-1", Role.WORKER, self -> self.offLoop().execute(() -> ran.add("ran")));
    node.start();
    node.crash();
    node.start();

    world.runFor(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("ran");
  }
}
