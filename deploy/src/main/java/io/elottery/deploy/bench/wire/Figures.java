package io.elottery.deploy.bench.wire;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one kind of connection; processor time is that of both ends.
 *
 * @param connections from dialling to the greeting and hung up, many under way at once
 * @param megabytes one way, in bodies of 64 KiB
 * @param messages one way, of 100 bytes
 * @param impulses encode, seal, send, receive, open, decode; each answered by the next
 * @param pingMicros half of the impulses were answered within this time, microseconds
 * @param slowMicros 99 of 100 were
 */
record Figures(
    Processor.Rate connections,
    Processor.Rate megabytes,
    Processor.Rate messages,
    Processor.Rate impulses,
    double pingMicros,
    double slowMicros) {

  /** The median over rounds, of one figure. */
  static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
