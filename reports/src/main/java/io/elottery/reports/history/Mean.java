package io.elottery.reports.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * Measurements of which the mean and the highest are kept.
 *
 * @param sum 0 or more
 */
public record Mean(long count, long sum, long max) {
  /** Nothing measured. */
  public static final Mean NONE = new Mean(0, 0, 0);

  /** One; a negative one counts as 0. */
  public static Mean of(long value) {
    long positive = Math.max(0, value);
    return new Mean(1, positive, positive);
  }

  /** Both together. */
  public Mean plus(Mean other) {
    return new Mean(count + other.count, sum + other.sum, Math.max(max, other.max));
  }

  /** Whether anything was measured. */
  public boolean isKnown() {
    return count > 0;
  }

  /** 0 when nothing was measured. */
  public long mean() {
    return count == 0 ? 0 : sum / count;
  }

  void writeTo(WireWriter out) {
    out.varint(count);
    if (count > 0) {
      out.varint(sum).varint(max);
    }
  }

  static Mean readFrom(WireReader in) throws MalformedMessage {
    long count = in.varint();
    return count == 0 ? NONE : new Mean(count, in.varint(), in.varint());
  }
}
