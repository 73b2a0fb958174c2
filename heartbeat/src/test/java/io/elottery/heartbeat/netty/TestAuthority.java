package io.elottery.heartbeat.netty;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives for one test. */
public final class TestAuthority {
  private static final char[] PASSWORD = "in memory only".toCharArray();

  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private long serial = 1;

  public TestAuthority(String name) throws Exception {
    this.name = new X500Principal("CN=" + name + ",O=elottery");
    this.keys = keyPair();
    this.certificate = issue(this.name, keys, true);
  }

  /** A server with a certificate of this authority, which trusts {@code trusted} alone. */
  SSLContext server(String node, String role, TestAuthority trusted) throws Exception {
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keyStore(node, role), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trusted.trust().getTrustManagers(), null);
    return context;
  }

  SSLContext server(String node, String role) throws Exception {
    return server(node, role, this);
  }

  /** A client without a certificate. */
  SSLContext trustOnly() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust().getTrustManagers(), null);
    return context;
  }

  /** Writes {@code keystore.p12}, {@code truststore.p12} and {@code store.password}. */
  public void writeStores(Path directory, String node, String role) throws Exception {
    Files.createDirectories(directory);
    write(keyStore(node, role), directory.resolve("keystore.p12"));
    write(trustStore(), directory.resolve("truststore.p12"));
    Files.writeString(directory.resolve("store.password"), new String(PASSWORD));
  }

  private static void write(KeyStore store, Path file) throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
  }

  private KeyStore keyStore(String node, String role) throws Exception {
    KeyPair own = keyPair();
    X500Principal subject = new X500Principal("CN=" + node + ",OU=" + role + ",O=elottery");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        own.getPrivate(),
        PASSWORD,
        new X509Certificate[] {issue(subject, own, false), certificate});
    return store;
  }

  private KeyStore trustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate);
    return store;
  }

  private TrustManagerFactory trust() throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trustStore());
    return trust;
  }

  private X509Certificate issue(X500Principal subject, KeyPair subjectKeys, boolean isAuthority)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial++),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            subject,
            subjectKeys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (!isAuthority) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair keyPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
