package io.elottery.keyvault.secret;

import io.elottery.foundation.time.RandomSource;
import java.security.SecureRandom;

/** Our chance under the name the JDK's key generators ask for. As safe as the source behind it. */
public final class SecureRandomFace extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient RandomSource source;

  /** Draws from this source. */
  public SecureRandomFace(RandomSource source) {
    this.source = source;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }

  @Override
  public byte[] generateSeed(int count) {
    return source.bytes(count);
  }

  @Override
  public void setSeed(long seed) {
    // The source behind it needs none.
  }
}
