package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.tickets.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * All sides in turn, round after round; what counts is the median of the rounds' ratios of the
 * first to each other one. Before each run all that waits for the disk is written.
 */
public final class LedgerRounds {
  private final List<LedgerSide> sides;
  private final Consumer<String> progress;

  /**
   * @param progress told each round's figures
   */
  public LedgerRounds(OurLedger ours, BareRaft bare, Pgbench pgbench, Consumer<String> progress) {
    this.sides = List.of(ours, bare, pgbench);
    this.progress = progress;
  }

  /** Runs the rounds; the table. */
  public String run(int underWay, int rounds, Duration warmUp, Duration measured)
      throws IOException {
    List<List<Measured>> all = new ArrayList<>();
    sides.forEach(side -> all.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        all.get(i).add(one(sides.get(i), underWay, warmUp, measured));
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%d under way, median of %d rounds of %d s%n%-30s",
            underWay,
            rounds,
            measured.toSeconds(),
            ""));
    sides.forEach(side -> out.append(String.format(Locale.ROOT, " %12s", side.name())));
    sides
        .subList(1, sides.size())
        .forEach(side -> out.append(String.format(Locale.ROOT, " %14s", "to " + side.name())));
    out.append(System.lineSeparator());
    row(out, "acknowledged/s", all, Measured::perSecond);
    row(out, "p50 ms", all, Measured::p50Millis);
    row(out, "p99 ms", all, Measured::p99Millis);
    row(out, "CPU µs each, all servers", all, Measured::cpuMicros);
    row(out, "bytes on disk each", all, Measured::diskBytes);
    row(out, "bytes sent each by servers", all, Measured::sentBytes);
    row(out, "refused", all, Measured::refused);
    return out.toString();
  }

  private Measured one(LedgerSide side, int underWay, Duration warmUp, Duration measured)
      throws IOException {
    Rounds.settle();
    Measured run = side.run(underWay, warmUp, measured);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%-10s %4d under way %8.0f/s  p50 %6.1f ms  p99 %6.1f ms  CPU %4.0f µs  refused %d",
            side.name(),
            underWay,
            run.perSecond(),
            run.p50Millis(),
            run.p99Millis(),
            run.cpuMicros(),
            run.refused()));
    return run;
  }

  private static void row(
      StringBuilder out, String name, List<List<Measured>> all, ToDoubleFunction<Measured> figure) {
    out.append(String.format(Locale.ROOT, "%-30s", name));
    for (List<Measured> side : all) {
      double each = Rounds.median(side.stream().map(figure::applyAsDouble).toList());
      out.append(String.format(Locale.ROOT, " %12.1f", each));
    }
    List<Measured> first = all.get(0);
    for (List<Measured> side : all.subList(1, all.size())) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < side.size(); i++) {
        ratios.add(figure.applyAsDouble(first.get(i)) / figure.applyAsDouble(side.get(i)));
      }
      out.append(String.format(Locale.ROOT, " %14.2f", Rounds.median(ratios)));
    }
    out.append(System.lineSeparator());
  }
}
