package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PairKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys of every link, made from one number; epochs can be retired. */
final class NumberedKeys implements PairKeys {
  private final byte[] secret = new byte[32];
  private final Set<Integer> retired = ConcurrentHashMap.newKeySet();
  private volatile int epoch;

  NumberedKeys(int secret, int epoch) {
    Arrays.fill(this.secret, (byte) secret);
    this.epoch = epoch;
  }

  /** Dials with that epoch from now on and answers no older one. */
  void moveTo(int newer) {
    for (int old = 1; old < newer; old++) {
      retired.add(old);
    }
    epoch = newer;
  }

  @Override
  public int sendEpoch(LinkId link) {
    return epoch;
  }

  @Override
  public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
    return retired.contains(epoch) ? Optional.empty() : Optional.of(derived(identity));
  }

  /** The key that goes with the identity, whether it is retired or not. */
  byte[] derived(String identity) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(identity.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
