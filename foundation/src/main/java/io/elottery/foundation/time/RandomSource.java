package io.elottery.foundation.time;

/** Where chance comes from. Thread-safe in production; seeded and loop-confined in simulation. */
public interface RandomSource {
  /** Fills all of {@code bytes}. */
  void nextBytes(byte[] bytes);

  /** Uniform over all longs. */
  long nextLong();

  /**
   * Uniform in {@code 0 … bound - 1}, without bias.
   *
   * @param bound positive
   */
  int nextInt(int bound);

  /** {@code count} fresh bytes. */
  default byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    nextBytes(bytes);
    return bytes;
  }
}
