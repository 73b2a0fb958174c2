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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An exchange under a minute of whatever neighbours and strangers may send. */
class ImpulseExchangeProperties {
  private static final long MILLIS = 1_000_000;
  private static final NodeId SELF = NodeId.of("worker-3");
  private static final List<NodeId> OTHERS =
      List.of(
          NodeId.of("worker-1"),
          NodeId.of("worker-2"),
          NodeId.of("worker-4"),
          NodeId.of("worker-5"),
          NodeId.of("worker-9")); // the last is a stranger
  private static final int NEIGHBOURS = 4;
  private static final int TIMERS_MAX = 50;

  private final Clock clock = new Clock();
  private int sent;

  @Test
  void aMinuteOfHostileInputIsRefusedCountedAndForgotten() {
    for (long seed = 0; seed < 15; seed++) {
      Random random = new Random(seed);
      NodeLoop loop = new NodeLoop("test", clock, 100_000, ImpulseExchangeProperties::fail);
      ImpulseExchange exchange = exchange(loop);
      loop.post(exchange::start);
      sent = 0;
      long came = 0;

      for (int step = 0; step < 6_000; step++) {
        clock.nanos += 10 * MILLIS;
        loop.poll();
        for (int i = random.nextInt(seed % 10 == 0 ? 40 : 4); i > 0; i--) {
          event(random, exchange);
          came++;
        }
        assertThat(loop.timersSet()).as("seed %d", seed).isLessThan(TIMERS_MAX);
      }

      long heard = exchange.views().stream().mapToLong(NeighbourView::heard).sum();
      assertThat(exchange.views()).as("seed %d", seed).hasSize(NEIGHBOURS);
      assertThat(exchange.rejections().count()).as("seed %d", seed).isPositive();
      assertThat(exchange.rejections().count() + heard)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(came);
      // To each neighbour twice in an interval at most, whatever it sends.
      assertThat(sent).as("seed %d", seed).isLessThanOrEqualTo(NEIGHBOURS * 4 * 61);
      exchange.close();
    }
  }

  private ImpulseExchange exchange(NodeLoop loop) {
    ImpulseExchange exchange =
        new ImpulseExchange(
            SELF,
            7,
            DetectorConfig.every(Duration.ofMillis(500)),
            (to, envelope) -> {
              sent++;
              return true;
            },
            loop,
            clock,
            () -> new SelfState(0, true),
            (neighbour, from, to, because) -> {});
    exchange.neighbours(OTHERS.subList(0, NEIGHBOURS));
    return exchange;
  }

  private static void event(Random random, ImpulseExchange exchange) {
    NodeId id = OTHERS.get(random.nextInt(OTHERS.size()));
    switch (random.nextInt(20)) {
      case 0 -> exchange.connected(id);
      case 1 -> exchange.disconnected(id);
      case 2 -> exchange.refusedReconnect(id);
      default -> exchange.received(new Peer(id, Role.WORKER), envelope(random));
    }
  }

  private static Envelope envelope(Random random) {
    if (random.nextInt(3) == 0) {
      byte[] rubbish = new byte[random.nextInt(40)];
      random.nextBytes(rubbish);
      return new Envelope(HeartbeatKinds.IMPULSE, random.nextInt(4), rubbish);
    }
    Impulse impulse =
        new Impulse(
            number(random),
            random.nextInt(4) == 0 ? number(random) : random.nextInt(3),
            random.nextInt(1_001),
            random.nextBoolean(),
            random.nextBoolean(),
            number(random) - 1,
            Duration.ofNanos(random.nextLong(1L << 42)));
    return random.nextBoolean() ? impulse.full() : impulse.brief();
  }

  private static long number(Random random) {
    return 1 + random.nextLong(1L << (1 + random.nextInt(48))) % (1L << 48);
  }

  private static void fail(String where, Throwable problem) {
    throw new AssertionError(where, problem);
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
