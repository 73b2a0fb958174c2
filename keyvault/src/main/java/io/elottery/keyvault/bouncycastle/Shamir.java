package io.elottery.keyvault.bouncycastle;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.secret.SecureRandomFace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Mode;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * Shamir's secret sharing over GF(256): fewer shares than the threshold say nothing at all about
 * the secret, however much is computed.
 *
 * <p>Joining too few or wrong shares gives a wrong secret, not an error: the caller checks each
 * share, and what the secret opens. Right from bcprov 1.86 on; before, the array of shares was
 * sized by the secret's length. Any thread.
 */
public final class Shamir {
  /** The most shares. */
  public static final int SHARES_MAX = 255;

  private Shamir() {}

  /**
   * Shares of a secret, as long as the secret each; the first is number 1.
   *
   * @param threshold how many are needed, 2 … shares
   */
  public static List<Secret> split(Secret secret, int threshold, int shares, RandomSource random) {
    if (threshold < 2 || threshold > shares || shares > SHARES_MAX) {
      throw new IllegalArgumentException(threshold + " of " + shares + " shares: expected 2 … 255");
    }
    ShamirSplitSecretShare[] split =
        new ShamirSecretSplitter(
                Algorithm.AES, Mode.Table, secret.length(), new SecureRandomFace(random))
            .resplit(secret.reveal(SecretAccess.KEYVAULT), threshold, shares)
            .getSecretShares();
    List<Secret> made = new ArrayList<>();
    for (ShamirSplitSecretShare share : split) {
      try {
        made.add(Secret.of(share.getEncoded()));
      } catch (IOException impossible) {
        throw new IllegalStateException("a share is its bytes", impossible);
      }
    }
    return made;
  }

  /** The secret that these shares, by number, give. */
  public static Secret join(SortedMap<Integer, Secret> shares) {
    ShamirSplitSecretShare[] given = new ShamirSplitSecretShare[shares.size()];
    int next = 0;
    for (Map.Entry<Integer, Secret> share : shares.entrySet()) {
      given[next++] =
          new ShamirSplitSecretShare(
              share.getValue().reveal(SecretAccess.KEYVAULT), share.getKey());
    }
    try {
      return Secret.of(new ShamirSplitSecret(Algorithm.AES, Mode.Table, given).getSecret());
    } catch (IOException impossible) {
      throw new IllegalStateException("shares are their bytes", impossible);
    }
  }
}
