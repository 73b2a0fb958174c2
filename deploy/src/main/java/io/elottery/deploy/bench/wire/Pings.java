package io.elottery.deploy.bench.wire;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.impulse.Impulse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Round trips of one impulse and its answer, one after the other: both ends decode what comes and
 * encode a fresh impulse, the dialling end keeps the times. Each method on its own end's event
 * loop; the result once {@link #done}.
 */
final class Pings {
  private static final int PINGS_MAX = 1 << 20;
  private static final int LOOK_EVERY = 64;

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CompletableFuture<Kind.Wire> wire = new CompletableFuture<>();
  private final Duration time;
  private final long[] nanos = new long[PINGS_MAX];
  private int count;
  private boolean warm;
  private Processor stretch;
  private Processor.Rate rate = new Processor.Rate(0, 0);
  private long sentAt;

  Pings(Duration time) {
    this.time = time;
    this.stretch = new Processor(time);
  }

  CompletableFuture<Void> done() {
    return done;
  }

  /** Sends the first. */
  void begin(Kind.Wire opened) {
    wire.complete(opened);
    sentAt = System.nanoTime();
    opened.send(impulse(1));
  }

  /** At the listening end. */
  void came(Envelope envelope) {
    wire.join().answer(impulse(sequence(envelope)));
  }

  /** At the dialling end. */
  void answered(Envelope envelope) {
    long sequence = sequence(envelope);
    nanos[count++] = System.nanoTime() - sentAt;
    if (count % LOOK_EVERY == 0 && (count == PINGS_MAX || stretch.isSpent())) {
      if (warm) {
        rate = stretch.rate(2.0 * count);
        done.complete(null);
        return;
      }
      warm = true;
      count = 0;
      stretch = new Processor(time);
    }
    sentAt = System.nanoTime();
    wire.join().send(impulse(sequence + 1));
  }

  Processor.Rate rate() {
    return rate;
  }

  /** The time within which that share was answered, microseconds. */
  double micros(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1.0, count * share)] / 1e3;
  }

  /** Encoding and decoding alone, nanoseconds for one impulse. */
  static double codecNanos(Duration time) {
    Processor stretch = new Processor(time);
    long sequence = 1;
    while (!stretch.isSpent()) {
      for (int i = 0; i < 10_000; i++) {
        sequence = sequence(impulse(sequence)) + 1;
      }
    }
    return stretch.rate(sequence).processorNanos();
  }

  private static Envelope impulse(long sequence) {
    return new Impulse(sequence, 1, 10, true, false, sequence, Duration.ofMillis(1)).full();
  }

  private static long sequence(Envelope envelope) {
    try {
      return Impulse.of(envelope, Impulse.Known.NOTHING).orElseThrow().sequence();
    } catch (MalformedMessage ours) {
      throw new IllegalStateException("only impulses are sent here", ours);
    }
  }
}
