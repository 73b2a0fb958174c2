package io.elottery.foundation.time;

import java.security.SecureRandom;

/** Unpredictable chance from the machine; the adapter of {@link RandomSource} for production. */
public final class SecureRandomSource implements RandomSource {
  // The default provider: getInstanceStrong can block for seconds on a fresh machine.
  private final SecureRandom random = new SecureRandom();

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
}
