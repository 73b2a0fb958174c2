package io.elottery.foundation.simulation;

import io.elottery.foundation.time.RandomSource;
import java.util.SplittableRandom;

/** Chance from a seed: the same calls give the same values on every machine. */
public final class SimRandom implements RandomSource {
  private final SplittableRandom random;

  /** The stream of this seed. */
  public SimRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A stream of its own, decided by this seed and a name, not by what was drawn before. */
  public static SimRandom named(long seed, String name) {
    return new SimRandom(SimTrace.mix(SimTrace.mix(seed, name.hashCode()), name.length()));
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** Uniform in {@code from … to}, both included. */
  public long between(long from, long to) {
    return from >= to ? from : random.nextLong(from, to + 1);
  }

  /** True with this probability, 0 … 1. */
  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }
}
