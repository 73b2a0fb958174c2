package io.elottery.deploy.bench.wire;

import io.elottery.foundation.wire.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Measures one kind of connection. One thread. */
final class Measures {
  private static final int LINES = 16;
  private static final int LARGE = 64 << 10;
  private static final int SMALL = 100;
  private static final long LARGE_UNDER_WAY = 64;
  private static final long SMALL_UNDER_WAY = 16_384;
  private static final int LOOK_EVERY = 256;
  private static final long PAUSE_NANOS = 20_000;
  private static final int KIND = 0x0500;

  private final Kind kind;
  private final Duration time;

  /**
   * @param time of the processor for each figure; as much again goes by before, to warm up
   */
  Measures(Kind kind, Duration time) {
    this.kind = kind;
    this.time = time;
  }

  Figures all() throws IOException {
    Processor.Rate connections = connections();
    Processor.Rate megabytes = flow(LARGE, LARGE_UNDER_WAY, LARGE / 1e6);
    Processor.Rate messages = flow(SMALL, SMALL_UNDER_WAY, 1);
    Pings pings = new Pings(time);
    try (Kind.Wire wire = kind.open(true, pings::came, pings::answered)) {
      pings.begin(wire);
      pings.done().join();
    }
    return new Figures(
        connections, megabytes, messages, pings.rate(), pings.micros(0.5), pings.micros(0.99));
  }

  private Processor.Rate connections() throws IOException {
    LongAdder connected = new LongAdder();
    try (Kind.Stop redialling = kind.redial(LINES, connected::increment)) {
      new Processor(time).awaitSpent();
      long before = connected.sum();
      Processor stretch = new Processor(time);
      stretch.awaitSpent();
      return stretch.rate(connected.sum() - before);
    }
  }

  private Processor.Rate flow(int size, long underWayMax, double weight) throws IOException {
    AtomicLong arrived = new AtomicLong();
    Envelope envelope = new Envelope(KIND, 1, new byte[size]);
    // One writer, the event loop: no need for more than an ordered write.
    try (Kind.Wire wire =
        kind.open(false, one -> arrived.lazySet(arrived.getPlain() + 1), one -> {})) {
      long sent = push(wire, envelope, arrived, underWayMax, 0, new Processor(time));
      long before = arrived.get();
      Processor stretch = new Processor(time);
      push(wire, envelope, arrived, underWayMax, sent, stretch);
      return stretch.rate((arrived.get() - before) * weight);
    }
  }

  private static long push(
      Kind.Wire wire,
      Envelope envelope,
      AtomicLong arrived,
      long underWayMax,
      long sentBefore,
      Processor stretch) {
    long sent = sentBefore;
    for (int tries = 0; tries % LOOK_EVERY != 0 || !stretch.isSpent(); tries++) {
      if (sent - arrived.get() < underWayMax && wire.send(envelope)) {
        sent++;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return sent;
  }
}
