package io.elottery.heartbeat.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** First messages of TLS clients that do not behave as our dialler does, binder and all. */
@SuppressWarnings("JdkObsolete")
final class ForgedHello extends AbstractTlsClient {
  private static final int EARLY_DATA = 42; // RFC 8446 §4.2.10
  private static final TlsCrypto CRYPTO =
      new JcaTlsCryptoProvider().create(new SecureRandom(), new SecureRandom());

  private final String identity;
  private final byte[] key;
  private final Hashtable<Integer, byte[]> more = new Hashtable<>();
  private short[] modes = {PskKeyExchangeMode.psk_dhe_ke};
  private boolean offersKey = true;
  private boolean offersShare = true;

  private ForgedHello(String identity, byte[] key) {
    super(CRYPTO);
    this.identity = identity;
    this.key = key.clone();
  }

  static ForgedHello of(String identity, byte[] key) {
    return new ForgedHello(identity, key);
  }

  /** Says that data comes with the first message. */
  ForgedHello withEarlyData() {
    more.put(EARLY_DATA, new byte[0]);
    return this;
  }

  /** Wants the key alone, without a Diffie-Hellman exchange. */
  ForgedHello withoutExchange() {
    modes = new short[] {PskKeyExchangeMode.psk_ke};
    return this;
  }

  /** Offers the exchange, but no share of it yet. */
  ForgedHello withoutShare() {
    offersShare = false;
    return this;
  }

  /** As a browser would begin: for a certificate. */
  ForgedHello withoutKey() {
    offersKey = false;
    return this;
  }

  /** The record it begins with. */
  byte[] bytes() throws IOException {
    TlsClientProtocol client = new TlsClientProtocol();
    client.connect(this);
    byte[] record = new byte[client.getAvailableOutputBytes()];
    client.readOutput(record, 0, record.length);
    return record;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.TLSv13.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {CipherSuite.TLS_AES_128_GCM_SHA256};
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected Vector getSupportedGroups(Vector namedGroupRoles) {
    return x25519();
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Vector getEarlyKeyShareGroups() {
    return offersShare ? x25519() : new Vector();
  }

  private static Vector<Integer> x25519() {
    Vector<Integer> groups = new Vector<>();
    groups.add(NamedGroup.x25519);
    return groups;
  }

  @Override
  public short[] getPskKeyExchangeModes() {
    return modes.clone();
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Vector getExternalPSKs() {
    Vector<TlsPSKExternal> offered = new Vector<>();
    if (offersKey) {
      offered.add(
          new BasicTlsPSKExternal(
              identity.getBytes(StandardCharsets.US_ASCII),
              CRYPTO.createSecret(key.clone()),
              PRFAlgorithm.tls13_hkdf_sha256));
    }
    return offered;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable all = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    all.putAll(more);
    return all;
  }

  @Override
  public TlsAuthentication getAuthentication() throws IOException {
    throw new TlsFatalAlert(AlertDescription.internal_error);
  }
}
