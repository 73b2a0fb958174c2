package io.elottery.deploy.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A server's key and certificate from its store, read again when it was renewed. Any thread. */
final class RenewedKey extends X509ExtendedKeyManager {
  private final Path store;
  private final Path password;
  // Replaced by whoever renews; read by ZooKeeper's threads in each handshake.
  private volatile X509ExtendedKeyManager current;

  RenewedKey(Path store, Path password) throws IOException, GeneralSecurityException {
    this.store = store;
    this.password = password;
    this.current = read();
  }

  /** Takes what is in the store now. */
  void reload() throws IOException, GeneralSecurityException {
    current = read();
  }

  private X509ExtendedKeyManager read() throws IOException, GeneralSecurityException {
    char[] secret = secret(password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(open(store, secret), secret);
    return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
  }

  /** A PKCS #12 store. */
  static KeyStore open(Path store, char[] secret) throws IOException, GeneralSecurityException {
    KeyStore opened = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      opened.load(in, secret);
    }
    return opened;
  }

  /** What a password file holds. */
  static char[] secret(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray();
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    return current.getClientAliases(type, issuers);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return current.chooseClientAlias(types, issuers, socket);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return current.chooseEngineClientAlias(types, issuers, engine);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return current.getServerAliases(type, issuers);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return current.chooseServerAlias(type, issuers, socket);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return current.chooseEngineServerAlias(type, issuers, engine);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return current.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return current.getPrivateKey(alias);
  }
}
