package io.elottery.deploy.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * How long it takes until main knows that a worker is dead, killed or silent, for 1 to 10
 * neighbours; and how often it is wrong. {@code -Dtowns=N} simulates more, {@code -Dtable=FILE}
 * writes the table of {@code docs/detection.md}, {@code -Dplot=FILE} its picture.
 */
class DetectionTimesSimulation {
  private static final int WORKERS = 12;
  private static final int TOWNS = 2;
  private static final int DEATHS = 8; // in each town
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration APART = Duration.ofSeconds(25);
  private static final NetworkFaults LAN =
      new NetworkFaults(Duration.ofNanos(100_000), Duration.ofMillis(1), 0, 0, 0);

  private enum Death {
    KILLED,
    SILENT
  }

  @Test
  void aDeadWorkerIsKnownSoon() throws IOException {
    int towns = Integer.getInteger("towns", TOWNS);
    Map<String, double[]> times = new TreeMap<>();
    for (int k : List.of(1, 3, 5, 10)) {
      for (Death death : Death.values()) {
        times.put(String.format("%2d %s", k, death), measure(k, death, towns));
      }
    }

    StringBuilder table =
        new StringBuilder(
            "| neighbours | death | deaths | median | p99 | longest |\n"
                + "|---|---|---|---|---|---|\n");
    times.forEach(
        (cell, sorted) ->
            table.append(
                String.format(
                    "| %s | %s | %d | %.0f ms | %.0f ms | %.0f ms |%n",
                    cell.substring(0, 2).trim(),
                    cell.substring(3).toLowerCase(Locale.ROOT),
                    sorted.length,
                    at(sorted, 0.5),
                    at(sorted, 0.99),
                    at(sorted, 1))));
    System.out.println(table);
    String file = System.getProperty("table");
    if (file != null) {
      Files.writeString(Path.of(file), table);
    }
    String plot = System.getProperty("plot");
    if (plot != null) {
      Files.writeString(Path.of(plot), plot(times));
    }
    for (Map.Entry<String, double[]> cell : times.entrySet()) {
      boolean killed = cell.getKey().endsWith("KILLED");
      assertThat(at(cell.getValue(), 0.5)).as(cell.getKey()).isLessThan(killed ? 50 : 750);
      assertThat(at(cell.getValue(), 0.99)).as(cell.getKey()).isLessThan(killed ? 250 : 1_500);
    }
  }

  private static String plot(Map<String, double[]> times) {
    Map<Integer, double[]> killed = new TreeMap<>();
    Map<Integer, double[]> silent = new TreeMap<>();
    StringBuilder words =
        new StringBuilder(
            "Cumulative curves of the time from the death of a worker to the verdict DOWN,"
                + " simulated, 12 workers, interval 500 ms.");
    times.forEach(
        (cell, sorted) -> {
          int k = Integer.parseInt(cell.substring(0, 2).trim());
          boolean kills = cell.endsWith(Death.KILLED.name());
          (kills ? killed : silent).put(k, sorted);
          words.append(
              String.format(
                  Locale.ROOT,
                  " %s, %d neighbours: median %.0f ms, 99 of 100 within %.0f ms.",
                  kills ? "Killed" : "Silent",
                  k,
                  at(sorted, 0.5),
                  at(sorted, 0.99)));
        });
    return DetectionPlot.of(killed, silent, words.toString());
  }

  private static double[] measure(int k, Death death, int towns) {
    double[] times =
        LongStream.rangeClosed(1, towns)
            .parallel()
            .mapToObj(seed -> deaths(seed, k, death))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    Arrays.sort(times);
    return times;
  }

  // Milliseconds from each death to DOWN at the main that acts for the worker's half.
  private static double[] deaths(long seed, int k, Death death) {
    SimRandom chance = SimRandom.named(seed, "deaths");
    Map<NodeId, TreeSet<NodeId>> neighbours = Towns.regular(WORKERS, k);
    Town town = new Town(seed, Towns.config(INTERVAL), neighbours, 2);
    town.weather(LAN);
    town.world.untraced();
    double[] times = new double[DEATHS];
    long[] diedAt = {0};
    NodeId[] victim = {NodeId.of("nobody")};
    int[] found = {0};
    town.witnesses.add(
        (by, judgement, fence) -> {
          if (judgement.verdict() == Verdict.DOWN) {
            assertThat(judgement.worker()).isEqualTo(victim[0]);
            times[found[0]++] = (town.world.nanos() - diedAt[0]) / 1e6;
          }
        });
    town.startAll();
    town.world.runFor(Duration.ofSeconds(15));
    for (int i = 0; i < DEATHS; i++) {
      town.world.runFor(Duration.ofNanos(chance.between(0, 2 * INTERVAL.toNanos())));
      victim[0] = NodeId.of("worker-" + (1 + chance.nextInt(WORKERS)));
      diedAt[0] = town.world.nanos();
      SimNode node = town.node(victim[0]);
      if (death == Death.KILLED) {
        node.crash();
      } else {
        node.pause();
      }
      town.world.runFor(Duration.ofSeconds(8));
      assertThat(found[0])
          .as("seed %d, k %d, %s of %s", seed, k, death, victim[0])
          .isEqualTo(i + 1);
      node.resume();
      node.start();
      town.world.runFor(APART);
    }
    return times;
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
  }
}
