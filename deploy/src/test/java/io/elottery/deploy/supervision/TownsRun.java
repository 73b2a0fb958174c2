package io.elottery.deploy.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The towns whose wrong verdicts were counted so far; in a file, if there is one, so that years of
 * them can be run an hour at a time: first a line that says which mishaps, then one for each town.
 */
final class TownsRun {
  /** Confidence of the bound: so rare is what was not seen, 19 times of 20 (the rule of three). */
  private static final double UNSEEN = 3;

  private final Optional<Path> file;
  private final String mishaps;
  private final double years;
  private final List<Town> towns = new ArrayList<>();

  /** What came of one. */
  record Town(int neighbours, long seed, int mishaps, int downs, int unheard, int suspects) {
    static Town parse(String line) {
      String[] is = line.split(" ", -1);
      return new Town(
          Integer.parseInt(is[0]),
          Long.parseLong(is[1]),
          Integer.parseInt(is[2]),
          Integer.parseInt(is[3]),
          Integer.parseInt(is[4]),
          Integer.parseInt(is[5]));
    }

    String line() {
      return String.join(
          " ",
          List.of(
              String.valueOf(neighbours),
              String.valueOf(seed),
              String.valueOf(mishaps),
              String.valueOf(downs),
              String.valueOf(unheard),
              String.valueOf(suspects)));
    }
  }

  /** All towns with so many neighbours together. */
  record Sum(int neighbours, double years, long mishaps, long downs, long unheard, long suspects) {
    /** False DOWN in a worker-year at most, as far as what was run can tell. */
    double downsBound() {
      return (downs == 0 ? UNSEEN : downs) / years;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %.2f | %d | %d | %s | %.1f | %.0f |",
          neighbours,
          years,
          mishaps,
          downs,
          downs == 0
              ? String.format(Locale.ROOT, "0, at most %.1f", downsBound())
              : String.format(Locale.ROOT, "%.1f", downsBound()),
          unheard / years,
          suspects / years);
    }
  }

  /**
   * @param mishaps which there were, in one line
   * @param years worker-years of each town
   */
  TownsRun(Optional<Path> file, String mishaps, double years) throws IOException {
    this.file = file;
    this.mishaps = mishaps;
    this.years = years;
    if (file.isPresent() && Files.exists(file.get())) {
      List<String> lines = Files.readAllLines(file.get());
      if (!lines.get(0).equals(mishaps)) {
        throw new IOException(file.get() + " is of other mishaps: " + lines.get(0));
      }
      lines.stream().skip(1).map(Town::parse).forEach(towns::add);
    } else if (file.isPresent()) {
      Files.writeString(file.get(), mishaps + "\n");
    }
  }

  synchronized boolean knows(int neighbours, long seed) {
    return towns.stream().anyMatch(it -> it.neighbours == neighbours && it.seed == seed);
  }

  synchronized void add(Town town) {
    towns.add(town);
    file.ifPresent(
        path -> {
          try {
            Files.writeString(path, town.line() + "\n", StandardOpenOption.APPEND);
          } catch (IOException lost) {
            throw new UncheckedIOException(lost);
          }
        });
  }

  /** How many. */
  synchronized int towns() {
    return towns.size();
  }

  /** By number of neighbours. */
  synchronized List<Sum> sums() {
    return towns.stream().map(Town::neighbours).distinct().sorted().map(this::sum).toList();
  }

  private Sum sum(int neighbours) {
    List<Town> of = towns.stream().filter(it -> it.neighbours == neighbours).toList();
    return new Sum(
        neighbours,
        of.size() * years,
        of.stream().mapToLong(Town::mishaps).sum(),
        of.stream().mapToLong(Town::downs).sum(),
        of.stream().mapToLong(Town::unheard).sum(),
        of.stream().mapToLong(Town::suspects).sum());
  }

  /** As a table of {@code docs/detection.md}. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "| neighbours | worker-years | mishaps | false `DOWN` | in a worker-year |"
                + " `DOWN`, unheard by most, in a worker-year | `SUSPECT` in a worker-year |\n"
                + "|---|---|---|---|---|---|---|\n");
    sums().forEach(sum -> table.append(sum.row()).append('\n'));
    return table.toString();
  }

  @Override
  public String toString() {
    return mishaps + "\n" + table();
  }
}
