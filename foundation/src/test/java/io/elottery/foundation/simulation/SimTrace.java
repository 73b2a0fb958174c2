package io.elottery.foundation.simulation;

import io.elottery.foundation.wire.Envelope;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What happened, as a hash over everything and as the last events in words. */
final class SimTrace {
  private static final int KEPT = 60;

  private final Deque<Event> last = new ArrayDeque<>();
  private long hash = 0x9E3779B97F4A7C15L;
  private long events;
  private boolean light;

  private record Event(long at, String node, String what, Object detail) {
    @Override
    public String toString() {
      return String.format("%12.6f s  %-12s %s %s", at / 1e9, node, what, detail);
    }
  }

  /** Adds an event; the detail is put into words only if the run fails. */
  void add(long at, String node, String what, Object detail) {
    events++;
    if (light) {
      return;
    }
    hash = mix(mix(mix(hash, at), node.hashCode()), what.hashCode());
    hash = mix(hash, digest(detail));
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(new Event(at, node, what, detail));
  }

  /** From now on only counts: for runs by the thousand, of which those that fail are run again. */
  void light() {
    light = true;
  }

  /** Adds to the hash alone. */
  void note(long value) {
    hash = mix(hash, value);
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  String words() {
    StringBuilder text = new StringBuilder();
    last.forEach(event -> text.append("  ").append(event).append('\n'));
    return text.toString();
  }

  /** Mixes a value into a hash (the finaliser of SplitMix64). */
  static long mix(long hash, long value) {
    long z = hash * 31 + value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long digest(Object detail) {
    if (detail instanceof Envelope envelope) {
      return mix(envelope.kind(), Arrays.hashCode(envelope.body()));
    }
    return detail.toString().hashCode();
  }
}
