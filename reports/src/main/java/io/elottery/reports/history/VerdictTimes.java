package io.elottery.reports.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.verdict.Verdict;
import java.util.Arrays;

/** How long each verdict held, in milliseconds. Immutable. */
public final class VerdictTimes {
  /** No time at all. */
  public static final VerdictTimes NONE = new VerdictTimes(new long[Verdict.values().length]);

  // From the worst; what is planned is no trouble.
  private static final Verdict[] BY_WEIGHT = {
    Verdict.DOWN,
    Verdict.UNKNOWN,
    Verdict.SUSPECT,
    Verdict.DEAF,
    Verdict.SLOW,
    Verdict.CONSERVED,
    Verdict.UP
  };

  private final long[] millis;

  private VerdictTimes(long[] millis) {
    this.millis = millis;
  }

  /** That long this verdict. */
  public static VerdictTimes of(Verdict verdict, long millis) {
    long[] all = new long[Verdict.values().length];
    all[verdict.ordinal()] = Math.max(0, millis);
    return new VerdictTimes(all);
  }

  /** Both together. */
  public VerdictTimes plus(VerdictTimes other) {
    long[] all = millis.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] += other.millis[i];
    }
    return new VerdictTimes(all);
  }

  /** How long this verdict held. */
  public long millis(Verdict verdict) {
    return millis[verdict.ordinal()];
  }

  /** How long any verdict was known. */
  public long totalMillis() {
    return Arrays.stream(millis).sum();
  }

  /** Of the time known, the share of this verdict, 0 … 1. */
  public double share(Verdict verdict) {
    long total = totalMillis();
    return total == 0 ? 0 : (double) millis(verdict) / total;
  }

  /** The worst that held at all; UNKNOWN when nothing is known. */
  public Verdict worst() {
    for (Verdict each : BY_WEIGHT) {
      if (millis(each) > 0) {
        return each;
      }
    }
    return Verdict.UNKNOWN;
  }

  void writeTo(WireWriter out) {
    int known = 0;
    for (int i = 0; i < millis.length; i++) {
      known |= millis[i] > 0 ? 1 << i : 0;
    }
    out.u8(known);
    for (long each : millis) {
      if (each > 0) {
        out.varint(each);
      }
    }
  }

  static VerdictTimes readFrom(WireReader in) throws MalformedMessage {
    int known = in.u8();
    long[] all = new long[Verdict.values().length];
    if (known >>> all.length != 0) {
      throw new MalformedMessage("verdicts: mask " + known);
    }
    for (int i = 0; i < all.length; i++) {
      all[i] = (known & 1 << i) == 0 ? 0 : in.varint();
    }
    return new VerdictTimes(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerdictTimes times && Arrays.equals(millis, times.millis);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(millis);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Verdict each : Verdict.values()) {
      if (millis(each) > 0) {
        text.append(text.length() == 0 ? "" : ", ").append(each).append(' ').append(millis(each));
      }
    }
    return text.append(" ms").toString();
  }
}
