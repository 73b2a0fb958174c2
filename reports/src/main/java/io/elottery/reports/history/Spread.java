package io.elottery.reports.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;
import java.util.Arrays;

/**
 * How durations are spread: count, mean and longest are exact, a percentile is right within a
 * tenth. Four steps an octave, from 1 µs to 268 s; what is longer counts as that. Immutable.
 */
public final class Spread {
  /** Nothing measured. */
  public static final Spread NONE = new Spread(0, 0, 0, 0, new int[0]);

  private static final int STEPS_PER_OCTAVE = 4;
  private static final int STEPS = 28 * STEPS_PER_OCTAVE;

  private final long count;
  private final long sumMicros;
  private final long maxMicros;
  private final int first; // The step of counts[0]; counts begin and end with more than none.
  private final int[] counts;

  private Spread(long count, long sumMicros, long maxMicros, int first, int[] counts) {
    this.count = count;
    this.sumMicros = sumMicros;
    this.maxMicros = maxMicros;
    this.first = first;
    this.counts = counts;
  }

  /** One measurement. */
  public static Spread of(Duration value) {
    long micros = Math.max(0, value.toNanos() / 1_000);
    return new Spread(1, micros, micros, step(micros), new int[] {1});
  }

  /** Both together. */
  public Spread plus(Spread other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    int from = Math.min(first, other.first);
    int to = Math.max(first + counts.length, other.first + other.counts.length);
    int[] all = new int[to - from];
    for (int i = 0; i < counts.length; i++) {
      all[first - from + i] = counts[i];
    }
    for (int i = 0; i < other.counts.length; i++) {
      all[other.first - from + i] += other.counts[i];
    }
    return new Spread(
        count + other.count,
        sumMicros + other.sumMicros,
        Math.max(maxMicros, other.maxMicros),
        from,
        all);
  }

  /** How many were measured. */
  public long count() {
    return count;
  }

  /** The mean; 0 when nothing was measured. */
  public long meanMicros() {
    return count == 0 ? 0 : sumMicros / count;
  }

  /** The longest. */
  public long maxMicros() {
    return maxMicros;
  }

  /** What this share of the measurements stays at or below, 0 … 1, within a tenth. */
  public long percentileMicros(double share) {
    long wanted = Math.max(1, (long) Math.ceil(count * share));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(maxMicros, upperMicros(first + i));
      }
    }
    return maxMicros;
  }

  void writeTo(WireWriter out) {
    out.varint(count);
    if (count == 0) {
      return;
    }
    out.varint(sumMicros).varint(maxMicros).u8(first).u8(counts.length);
    for (int each : counts) {
      out.varint(each);
    }
  }

  static Spread readFrom(WireReader in) throws MalformedMessage {
    long count = in.varint();
    if (count == 0) {
      return NONE;
    }
    long sum = in.varint();
    long max = in.varint();
    int first = in.u8();
    int[] counts = new int[in.u8()];
    if (first + counts.length > STEPS || counts.length == 0) {
      throw new MalformedMessage("spread: steps " + first + "+" + counts.length);
    }
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.count(Integer.MAX_VALUE);
      total += counts[i];
    }
    if (total != count) {
      throw new MalformedMessage("spread: " + total + " of " + count + " measurements");
    }
    return new Spread(count, sum, max, first, counts);
  }

  private static int step(long micros) {
    if (micros < 2) {
      return 0;
    }
    int octave = 63 - Long.numberOfLeadingZeros(micros);
    int within = (int) (((micros - (1L << octave)) * STEPS_PER_OCTAVE) >> octave);
    return Math.min(STEPS - 1, octave * STEPS_PER_OCTAVE + within);
  }

  private static long upperMicros(int step) {
    int octave = step / STEPS_PER_OCTAVE;
    int within = step % STEPS_PER_OCTAVE;
    return (1L << octave) + ((1L << octave) * (within + 1) / STEPS_PER_OCTAVE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spread spread
        && count == spread.count
        && sumMicros == spread.sumMicros
        && maxMicros == spread.maxMicros
        && first == spread.first
        && Arrays.equals(counts, spread.counts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count * 31 + sumMicros);
  }

  @Override
  public String toString() {
    return count + " × " + meanMicros() + " µs, at most " + maxMicros + " µs";
  }
}
