package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * Key store, trust store and their password as files, all owner-only: for software that takes
 * nothing else.
 *
 * @param keyStore PKCS #12 with key and chain
 * @param trustStore PKCS #12 with the authority
 * @param password file with the password of both
 */
public record StoreFiles(Path keyStore, Path trustStore, Path password) {
  /** Where they lie in a directory. */
  public static StoreFiles in(Path directory) {
    return new StoreFiles(
        directory.resolve("keystore.p12"),
        directory.resolve("truststore.p12"),
        directory.resolve("store.password"));
  }

  /**
   * Writes them: under a fresh password the first time, under the same one later, so that whoever
   * reads them in between can open both.
   */
  static StoreFiles write(
      Path directory, PrivateKey key, List<X509Certificate> chain, RandomSource random)
      throws GeneralSecurityException, IOException {
    OwnerOnlyFiles.directory(directory);
    StoreFiles files = in(directory);
    if (!Files.exists(files.password)) {
      String fresh = HexFormat.of().formatHex(random.bytes(32));
      OwnerOnlyFiles.write(files.password, fresh.getBytes(StandardCharsets.US_ASCII));
    }
    String password = OwnerOnlyFiles.readLine(files.password);
    char[] chars = password.toCharArray();
    OwnerOnlyFiles.write(files.keyStore, bytes(TlsContexts.keyStore(key, chain, chars), chars));
    X509Certificate authority = chain.get(chain.size() - 1);
    OwnerOnlyFiles.write(files.trustStore, bytes(TlsContexts.trustStore(authority), chars));
    return files;
  }

  private static byte[] bytes(KeyStore store, char[] password)
      throws GeneralSecurityException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }
}
