package io.elottery.lottery.results;

import java.util.List;

/** What became of reading a file of past results. */
public sealed interface Imported {
  /** Answers the case this is. */
  <R> R match(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R results(List<PastResult> results);

    R refused(List<BadLine> named, int badLines);
  }

  /** Every line was good. In the order of the file. */
  record Results(List<PastResult> results) implements Imported {
    /** Copies. */
    public Results {
      results = List.copyOf(results);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.results(results);
    }
  }

  /**
   * At least one line was bad, so none is imported.
   *
   * @param named the first {@value ResultsImport#NAMED_MAX} of them
   * @param badLines all of them
   */
  record Refused(List<BadLine> named, int badLines) implements Imported {
    /** Copies. */
    public Refused {
      named = List.copyOf(named);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(named, badLines);
    }
  }

  /**
   * A line that was not understood.
   *
   * @param number from 1, the headings included
   * @param detail what was expected
   */
  record BadLine(int number, String detail) {
    @Override
    public String toString() {
      return "line " + number + ": " + detail;
    }
  }
}
