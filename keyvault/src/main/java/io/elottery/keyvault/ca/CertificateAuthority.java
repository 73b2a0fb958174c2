package io.elottery.keyvault.ca;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Secret;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The network's own authority: a certificate of this network means that a holder of the vault gave
 * it. It decides nothing: whoever calls {@link #issue} has checked token or trunk before.
 *
 * <p>Its private key leaves this object sealed only. ECDSA P-256 throughout.
 */
public final class CertificateAuthority {
  /** How long a server's certificate holds; renewed at half. */
  public static final Duration VALIDITY = Duration.ofDays(30);

  /** ZooKeeper's hold longer: without its servers no main could be elected to renew anything. */
  public static final Duration ZOOKEEPER_VALIDITY = Duration.ofDays(365);

  // Certificates begin a little before now: the clocks of servers differ.
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration OWN_VALIDITY = Duration.ofDays(3650);
  private static final int FORMAT = 1;

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final RandomSource random;
  private final Time time;

  private CertificateAuthority(
      X509Certificate certificate, PrivateKey key, RandomSource random, Time time) {
    this.certificate = certificate;
    this.key = key;
    this.random = random;
    this.time = time;
  }

  /**
   * A new one with a fresh key.
   *
   * @param name its common name: letters, digits, blanks and hyphens
   */
  public static CertificateAuthority create(String name, RandomSource random, Time time) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 -]{0,63}")) {
      throw new IllegalArgumentException(
          "authority name \"" + name + "\": expected letters, digits, blanks, hyphens");
    }
    KeyPair pair = P256.generate(random);
    try {
      X509Certificate certificate =
          Certificates.authority(
              "CN=" + name + ",O=elottery", pair, serial(random), period(time.now(), OWN_VALIDITY));
      return new CertificateAuthority(certificate, pair.getPrivate(), random, time);
    } catch (GeneralSecurityException ours) {
      throw new IllegalStateException("a fresh P-256 key signs", ours);
    }
  }

  /** The authority that {@link #sealed} wrote. */
  public static CertificateAuthority open(
      Sealer sealer, String context, byte[] sealed, RandomSource random, Time time)
      throws SealBroken {
    WireReader in = new WireReader(sealer.open(context, sealed));
    try {
      int format = in.u8();
      X509Certificate certificate = Certificates.parse(in.bytes());
      PrivateKey key = P256.privateKey(in.bytes());
      in.done();
      if (format != FORMAT) {
        throw new SealBroken(context + ": format " + format + " is not known to this version");
      }
      return new CertificateAuthority(certificate, key, random, time);
    } catch (MalformedMessage | GeneralSecurityException malformed) {
      throw new SealBroken(context + ": sealed, but not an authority");
    }
  }

  /** Certificate and private key, sealed. */
  public byte[] sealed(Sealer sealer, String context) {
    byte[] plain =
        new WireWriter(512).u8(FORMAT).bytes(der(certificate)).bytes(key.getEncoded()).toBytes();
    return sealer.seal(context, plain);
  }

  /** Its own certificate, for trust stores. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Lower-case hex SHA-256 of {@link #certificate()} in DER. */
  public String fingerprint() {
    return fingerprint(certificate);
  }

  /** Lower-case hex SHA-256 of a certificate in DER. */
  public static String fingerprint(X509Certificate certificate) {
    return Sha256.hex(der(certificate));
  }

  /** {@link #issue(byte[], NodeId, Role, Duration, List)} for a server reached on this machine. */
  public X509Certificate issue(byte[] signingRequest, NodeId node, Role role, Duration validity)
      throws CertificateRefused {
    return issue(signingRequest, node, role, validity, List.of());
  }

  /**
   * A certificate for the key of the signing request. Its subject comes from the arguments, not
   * from the request: {@code CN=node,OU=role,O=elottery}; it may be reached as its own name, as
   * localhost and by {@code hosts}.
   *
   * @param signingRequest PKCS #10, DER
   * @param hosts further DNS names and IPv4 addresses
   */
  public X509Certificate issue(
      byte[] signingRequest, NodeId node, Role role, Duration validity, List<String> hosts)
      throws CertificateRefused {
    try {
      PublicKey requested = requestedKey(signingRequest);
      List<String> names = new ArrayList<>(List.of(node.name(), "localhost", "127.0.0.1"));
      names.addAll(hosts);
      return Certificates.server(
          certificate,
          key,
          subject(node, role),
          requested,
          names,
          serial(random),
          period(time.now(), validity));
    } catch (GeneralSecurityException refused) {
      throw new CertificateRefused(node + ": " + refused.getMessage(), refused);
    }
  }

  /** How long a certificate of this role holds. */
  public static Duration validity(Role role) {
    return role == Role.ZOOKEEPER ? ZOOKEEPER_VALIDITY : VALIDITY;
  }

  /** All that a server with this certificate may be reached by; the next one keeps them. */
  public static List<String> hosts(X509Certificate certificate) {
    try {
      return Certificates.hosts(certificate);
    } catch (GeneralSecurityException malformed) {
      throw new IllegalStateException("a certificate of this authority names hosts", malformed);
    }
  }

  /** The P-256 key that a signing request is about and is signed by. */
  public static PublicKey requestedKey(byte[] signingRequest) throws CertificateRefused {
    try {
      PublicKey requested = Certificates.requestedKey(signingRequest);
      if (!P256.holds(requested)) {
        throw new CertificateRefused("expected a P-256 key, got " + requested.getAlgorithm());
      }
      return requested;
    } catch (GeneralSecurityException malformed) {
      throw new CertificateRefused(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /** How a certificate names a server. */
  public static String subject(NodeId node, Role role) {
    return "CN=" + node + ",OU=" + role.text() + ",O=elottery";
  }

  @Override
  public String toString() {
    return certificate.getSubjectX500Principal() + " " + Secret.HIDDEN;
  }

  private static Certificates.Period period(Instant now, Duration validity) {
    return new Certificates.Period(now.minus(SKEW), now.plus(validity));
  }

  private static BigInteger serial(RandomSource random) {
    return new BigInteger(1, random.bytes(16)).setBit(126).clearBit(127);
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException broken) {
      throw new IllegalStateException("a parsed certificate has its encoding", broken);
    }
  }
}
