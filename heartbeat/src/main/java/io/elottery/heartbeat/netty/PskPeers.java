package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.LinkRefusal;
import io.elottery.heartbeat.link.PskIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Optional;
import java.util.Vector;
import java.util.function.Function;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a link's TLS: 1.3 only, an external pre-shared key with fresh x25519 ({@code
 * psk_dhe_ke}, RFC 8446 §4.2.9), one cipher suite, no certificates, no tickets. Without the pair's
 * key neither end completes; with it, what was sent stays secret when the key is lost later.
 */
// Vector and Hashtable are what the library's signatures ask for.
@SuppressWarnings("JdkObsolete")
final class PskPeers {
  private static final int[] SUITES = {CipherSuite.TLS_AES_128_GCM_SHA256};
  private static final short[] MODES = {PskKeyExchangeMode.psk_dhe_ke};

  private PskPeers() {}

  /** What both ends remember of their handshake. On the event loop. */
  static final class Outcome {
    private boolean complete;
    private @Nullable PskIdentity identity;
    private @Nullable String alert;
    private short raised = AlertDescription.unexpected_message;
    private short last = AlertDescription.close_notify;

    boolean isComplete() {
      return complete;
    }

    /** The identity the listener chose; the dialler's own on its side. */
    Optional<PskIdentity> identity() {
      return Optional.ofNullable(identity);
    }

    /** The last alert, sent or received; names no key material. */
    Optional<String> alert() {
      return Optional.ofNullable(alert);
    }

    /** Why there was no connection, as far as the last alert says. */
    LinkRefusal refusal() {
      return switch (last) {
        case AlertDescription.unknown_psk_identity -> LinkRefusal.UNKNOWN_IDENTITY;
        case AlertDescription.decrypt_error, AlertDescription.bad_record_mac ->
            LinkRefusal.WRONG_KEY;
        case AlertDescription.protocol_version -> LinkRefusal.TLS_VERSION;
        default -> LinkRefusal.OTHER;
      };
    }

    /** The number of the alert this end raised; before that of the one for what makes no sense. */
    short raised() {
      return raised;
    }

    private void raised(short description) {
      raised = description;
      if (description != AlertDescription.close_notify) {
        last = description;
        alert = "refused with alert " + AlertDescription.getName(description);
      }
    }

    private void received(short description) {
      if (description != AlertDescription.close_notify) {
        last = description;
        alert = "the other end refused with alert " + AlertDescription.getName(description);
      }
    }
  }

  private static TlsPSKExternal psk(TlsCrypto crypto, PskIdentity identity, byte[] key) {
    return new BasicTlsPSKExternal(
        identity.text().getBytes(StandardCharsets.US_ASCII),
        crypto.createSecret(key),
        PRFAlgorithm.tls13_hkdf_sha256);
  }

  private static Vector<Integer> x25519() {
    Vector<Integer> groups = new Vector<>();
    groups.add(NamedGroup.x25519);
    return groups;
  }

  /** The end that dials: offers exactly one identity. */
  static final class Dialler extends AbstractTlsClient {
    private final TlsPSKExternal psk;
    private final Outcome outcome;

    Dialler(TlsCrypto crypto, PskIdentity identity, byte[] key, Outcome outcome) {
      super(crypto);
      this.psk = psk(crypto, identity, key);
      this.outcome = outcome;
      outcome.identity = identity;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.TLSv13.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return SUITES.clone();
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
      return x25519();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Vector getEarlyKeyShareGroups() {
      return x25519();
    }

    @Override
    public short[] getPskKeyExchangeModes() {
      return MODES.clone();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Vector getExternalPSKs() {
      Vector<TlsPSKExternal> offered = new Vector<>();
      offered.add(psk);
      return offered;
    }

    @Override
    public void notifySelectedPSK(@Nullable TlsPSK selected) throws IOException {
      if (selected == null) {
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "no key was selected");
      }
    }

    @Override
    public TlsAuthentication getAuthentication() throws IOException {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "links have no certificates");
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      outcome.complete = true;
    }

    @Override
    public void notifyAlertRaised(
        short level, short description, @Nullable String message, @Nullable Throwable cause) {
      outcome.raised(description);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
      outcome.received(description);
    }
  }

  /** The end that listens: takes the first identity it has a key for. */
  static final class Listener extends AbstractTlsServer {
    private final TlsCrypto crypto;
    private final Function<PskIdentity, Optional<byte[]>> keys;
    private final Outcome outcome;

    Listener(TlsCrypto crypto, Function<PskIdentity, Optional<byte[]>> keys, Outcome outcome) {
      super(crypto);
      this.crypto = crypto;
      this.keys = keys;
      this.outcome = outcome;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.TLSv13.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return SUITES.clone();
    }

    @Override
    public int[] getSupportedGroups() {
      return new int[] {NamedGroup.x25519};
    }

    @Override
    public short[] getPskKeyExchangeModes() {
      return MODES.clone();
    }

    // Asked for only when the key was not taken after all.
    @Override
    public TlsCredentials getCredentials() throws IOException {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "links have no certificates");
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable TlsPSKExternal getExternalPSK(Vector identities) {
      outcome.identity = null;
      for (Object offered : identities) {
        byte[] bytes = ((org.bouncycastle.tls.PskIdentity) offered).getIdentity();
        Optional<PskIdentity> identity =
            PskIdentity.parse(new String(bytes, StandardCharsets.US_ASCII));
        Optional<byte[]> key = identity.flatMap(keys);
        if (identity.isPresent() && key.isPresent()) {
          outcome.identity = identity.get();
          return psk(crypto, identity.get(), key.get());
        }
      }
      return null;
    }

    // The binder is checked by now, the key exchange not begun: a refusal here costs a few hashes.
    // getExternalPSK may not throw: that nothing matched is said here too.
    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
      HelloRules.check(clientExtensions);
      if (outcome.identity == null) {
        throw new TlsFatalAlert(AlertDescription.unknown_psk_identity);
      }
      super.processClientExtensions(clientExtensions);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      outcome.complete = true;
    }

    @Override
    public void notifyAlertRaised(
        short level, short description, @Nullable String message, @Nullable Throwable cause) {
      outcome.raised(description);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
      outcome.received(description);
    }
  }
}
