package io.elottery.deploy.bench.peers.elottery;

import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PairKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One secret, made into a key for each link as workers do it: by a keyed hash. */
final class OneKey implements PairKeys {
  private final byte[] secret;

  OneKey(byte[] secret) {
    this.secret = secret.clone();
  }

  @Override
  public int sendEpoch(LinkId link) {
    return 1;
  }

  @Override
  public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Optional.of(mac.doFinal(identity.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("HMAC-SHA256 is in every JDK", absent);
    }
  }
}
