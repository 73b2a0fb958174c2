package io.elottery.web.local;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.machine.ReceiptSigning;
import io.elottery.lottery.party.PartySecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** An Ed25519 key of the JDK, as party and as signer of receipts. */
final class TestKey implements PartySecret, ReceiptSigning.Signer {
  private final KeyPair pair;

  TestKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  @Override
  public byte[] publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  @Override
  public byte[] share(String draw) {
    return Sha256.of(pair.getPrivate().getEncoded(), draw.getBytes(StandardCharsets.UTF_8));
  }
}
