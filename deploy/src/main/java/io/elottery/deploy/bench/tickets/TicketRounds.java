package io.elottery.deploy.bench.tickets;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Two sides in turn, round after round; what counts is the median of the rounds' ratios, since both
 * halves of a round meet about the same machine. Before each half all that waits for the disk is
 * written.
 */
public final class TicketRounds {
  private final Side ours;
  private final Side theirs;
  private final Consumer<String> progress;

  /**
   * @param progress told each round's figures
   */
  public TicketRounds(Side ours, Side theirs, Consumer<String> progress) {
    this.ours = ours;
    this.theirs = theirs;
    this.progress = progress;
  }

  /**
   * One side's half of a round.
   *
   * @param gateway what its gateway used
   * @param behind what the servers behind it used
   */
  private record Half(Buyers.Result result, Usage gateway, Usage behind) {
    double perSecond() {
      return result.perSecond();
    }

    double p50() {
      return result.millisAt(0.50);
    }

    double p99() {
      return result.millisAt(0.99);
    }

    double cpu() {
      return each(gateway.plus(behind).cpuMicros());
    }

    double gatewayCpu() {
      return each(gateway.cpuMicros());
    }

    double disk() {
      return each(behind.diskBytes());
    }

    double wire() {
      return each(gateway.plus(behind).sentBytes());
    }

    private double each(long sum) {
      return (double) sum / Math.max(1, result.sorted().length);
    }
  }

  /** Runs the rounds; the table. */
  public String run(int connections, int rounds, Duration warmUp, Duration measured)
      throws IOException {
    List<Half> left = new ArrayList<>();
    List<Half> right = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      left.add(half(ours, connections, warmUp, measured));
      right.add(half(theirs, connections, warmUp, measured));
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%d connections, median of %d rounds of %d s%n%-38s %12s %12s %8s%n",
            connections,
            rounds,
            measured.toSeconds(),
            "",
            ours.name(),
            theirs.name(),
            "ratio"));
    row(out, "tickets/s", left, right, Half::perSecond);
    row(out, "p50 ms", left, right, Half::p50);
    row(out, "p99 ms", left, right, Half::p99);
    row(out, "CPU µs a ticket, all servers", left, right, Half::cpu);
    row(out, "CPU µs a ticket, gateway", left, right, Half::gatewayCpu);
    row(out, "bytes on disk a ticket, all servers", left, right, Half::disk);
    row(out, "bytes sent a ticket, answers included", left, right, Half::wire);
    row(out, "refused", left, right, half -> half.result().refused());
    return out.toString();
  }

  private Half half(Side side, int connections, Duration warmUp, Duration measured)
      throws IOException {
    Rounds.settle();
    Usage[] gateway = new Usage[1];
    Usage[] behind = new Usage[1];
    Buyers.Result result =
        new Buyers(side.site(), side.players())
            .buy(
                connections,
                warmUp,
                measured,
                new Buyers.Marks() {
                  @Override
                  public void begins() throws IOException {
                    gateway[0] = Usage.of(() -> List.of(side.gateway()));
                    behind[0] = Usage.of(side.servers());
                  }

                  @Override
                  public void ends() throws IOException {
                    gateway[0] = Usage.of(() -> List.of(side.gateway())).since(gateway[0]);
                    behind[0] = Usage.of(side.servers()).since(behind[0]);
                  }
                });
    Half half = new Half(result, gateway[0], behind[0]);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%-12s %4d connections %8.0f/s  p50 %6.1f ms  p99 %6.1f ms  CPU %5.0f µs  refused %d %s",
            side.name(),
            connections,
            half.perSecond(),
            half.p50(),
            half.p99(),
            half.cpu(),
            result.refused(),
            result.firstRefusal().lines().findFirst().orElse("")));
    return half;
  }

  private static void row(
      StringBuilder out,
      String name,
      List<Half> left,
      List<Half> right,
      ToDoubleFunction<Half> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      ratios.add(figure.applyAsDouble(left.get(i)) / figure.applyAsDouble(right.get(i)));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%-38s %12.1f %12.1f %8.2f%n",
            name,
            Rounds.median(left.stream().map(figure::applyAsDouble).toList()),
            Rounds.median(right.stream().map(figure::applyAsDouble).toList()),
            Rounds.median(ratios)));
  }
}
