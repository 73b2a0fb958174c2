package io.elottery.foundation.simulation;

import java.util.function.LongConsumer;

/**
 * Runs a check for many seeds; {@code -Dseed=…} runs that one alone, {@code -Dseeds=…} changes how
 * many.
 */
public final class Seeds {
  private Seeds() {}

  /** Runs the check for seeds 1 … {@code count}; the first that fails ends it, with its seed. */
  public static void each(int count, LongConsumer check) {
    Long only = Long.getLong("seed");
    if (only != null) {
      run(only, check);
      return;
    }
    int most = Integer.getInteger("seeds", count);
    for (long seed = 1; seed <= most; seed++) {
      run(seed, check);
    }
  }

  private static void run(long seed, LongConsumer check) {
    try {
      check.accept(seed);
    } catch (SimFailure saysItsSeed) {
      throw saysItsSeed;
    } catch (RuntimeException | AssertionError failed) {
      throw new SimFailure(
          "seed " + seed + ": " + failed.getMessage() + "\nreplay: " + Replay.command(seed),
          failed);
    }
  }
}
