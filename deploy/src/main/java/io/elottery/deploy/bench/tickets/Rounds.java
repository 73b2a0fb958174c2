package io.elottery.deploy.bench.tickets;

import java.io.IOException;
import java.util.List;

/** What runs that take turns have in common. */
public final class Rounds {
  private Rounds() {}

  /** The middle one. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /**
   * Waits until all that waits for the disk is written: what one side wrote goes to the disk before
   * the clock runs, not into the other one's flushes.
   */
  public static void settle() throws IOException {
    try {
      new ProcessBuilder("sync").start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
