package io.elottery.keyvault.ca;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.SecureRandomFace;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** Key pairs of the certificates: ECDSA on P-256, by the JDK, so that its TLS takes them. */
public final class P256 {
  private static final String CURVE = "secp256r1";
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private P256() {}

  /** A fresh pair. */
  public static KeyPair generate(RandomSource random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), new SecureRandomFace(random));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("P-256 is in every JDK", absent);
    }
  }

  /** Reads a private key, PKCS #8. */
  public static PrivateKey privateKey(byte[] encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** Whether the key is on this curve. */
  public static boolean holds(PublicKey key) {
    return key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(ORDER);
  }
}
