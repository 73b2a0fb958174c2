package io.elottery.keyvault.seal;

/**
 * What a guess at the passphrase costs (Argon2id).
 *
 * @param memoryKib memory in KiB, default 65536; too low makes guessing cheap, too high and a small
 *     main cannot open its vault
 * @param iterations passes, default 3
 * @param lanes default 1
 */
public record KdfCost(int memoryKib, int iterations, int lanes) {
  /** 64 MiB, three passes: about a second. For every network that means it. */
  public static final KdfCost STANDARD = new KdfCost(65_536, 3, 1);

  /** 1 MiB, one pass: for tests and demonstrations with a random passphrase. */
  public static final KdfCost FAST = new KdfCost(1_024, 1, 1);

  private static final int MEMORY_KIB_MAX = 4 << 20;

  /** Checks the ranges. */
  public KdfCost {
    if (lanes < 1
        || lanes > 255
        || memoryKib < 8 * lanes
        || memoryKib > MEMORY_KIB_MAX
        || iterations < 1
        || iterations > 1_000) {
      throw new IllegalArgumentException(
          "Argon2id with " + memoryKib + " KiB, t=" + iterations + ", p=" + lanes + ": no");
    }
  }
}
