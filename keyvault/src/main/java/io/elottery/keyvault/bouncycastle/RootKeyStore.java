package io.elottery.keyvault.bouncycastle;

import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A BCFKS key store that holds exactly one AES key. Each entry costs a key derivation, so all other
 * keys are wrapped under this one instead of lying beside it.
 */
public final class RootKeyStore {
  private static final String ALIAS = "root";

  // The password is 32 random bytes: stretching it adds nothing but waiting. (The entry's own
  // derivation cannot be configured.)
  private static final PBKDFConfig STORE_DERIVATION =
      new PBKDF2Config.Builder()
          .withPRF(PBKDF2Config.PRF_SHA512)
          .withIterationCount(1_024)
          .withSaltLength(32)
          .build();

  private RootKeyStore() {}

  /** The bytes of a new store. */
  public static byte[] create(Secret root, String password) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("BCFKS", BouncyCastle.PROVIDER);
      store.load(null, null);
      store.setKeyEntry(
          ALIAS,
          new SecretKeySpec(root.reveal(SecretAccess.KEYVAULT), "AES"),
          password.toCharArray(),
          null);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(
          new BCFKSLoadStoreParameter.Builder(bytes, password.toCharArray())
              .withStorePBKDFConfig(STORE_DERIVATION)
              .build());
      return bytes.toByteArray();
    } catch (IOException inMemory) {
      throw new GeneralSecurityException("key store cannot be encoded", inMemory);
    }
  }

  /**
   * The key in the store.
   *
   * @throws GeneralSecurityException when the password is wrong or the bytes were altered; it does
   *     not tell which
   */
  public static Secret open(byte[] bytes, String password) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("BCFKS", BouncyCastle.PROVIDER);
      store.load(new ByteArrayInputStream(bytes), password.toCharArray());
      Key key = store.getKey(ALIAS, password.toCharArray());
      if (key == null) {
        throw new UnrecoverableKeyException("the key store holds no entry \"" + ALIAS + "\"");
      }
      return Secret.of(key.getEncoded());
    } catch (IOException | RuntimeException broken) {
      throw new GeneralSecurityException("wrong password, or the key store was altered");
    }
  }

  /** The provider is not registered with the JDK: nothing else changes by our using it. */
  private static final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }
}
