package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.bouncycastle.Ed25519;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.keyvault.signing.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys one server keeps for itself: its certificate and key, the pair keys of its links, the
 * receipt keys of its shards, secrets of its own. At rest all lie encrypted in its key directory.
 *
 * <p>Any thread: readers (Netty's threads ask for pre-shared keys) see one immutable state and
 * never wait; {@code put…} and {@code install} return once the disk holds it, so they do not belong
 * on a supervision loop.
 */
public final class NodeKeys implements CertifiedSigner {
  /** The epoch that stands for "no key". */
  public static final int NO_EPOCH = 0;

  private static final Logger log = LoggerFactory.getLogger(NodeKeys.class);
  private static final String PRIVATE_KEY = "private-key";
  private static final String SIGNING_REQUEST = "signing-request";
  private static final String OWNER = "owner";
  private static final String CHAIN = "chain/";

  private final Path directory;
  private final NodeId node;
  private final Role role;
  private final KeyFiles files;
  // Written under the lock of this object by whoever puts a key; read by every thread.
  private volatile State state;
  private final KeyRings rings;

  private NodeKeys(
      Path directory, NodeId node, Role role, KeyFiles files, State state, KeyRings rings) {
    this.directory = directory;
    this.node = node;
    this.role = role;
    this.files = files;
    this.state = state;
    this.rings = rings;
  }

  /**
   * Opens the key directory; where it is empty, makes the server's key pair.
   *
   * @throws KeyStoreUnreadable also when the directory holds another server's keys
   */
  public static NodeKeys open(Path directory, NodeId node, Role role, RandomSource random)
      throws KeyStoreUnreadable {
    KeyFiles files = KeyFiles.open(directory, random);
    KeyEntries entries = files.read();
    byte[] owner = CertificateAuthority.subject(node, role).getBytes(StandardCharsets.UTF_8);
    Optional<byte[]> found = entries.get(OWNER);
    try {
      if (found.isEmpty()) {
        KeyPair pair = P256.generate(random);
        byte[] request =
            Certificates.signingRequest(CertificateAuthority.subject(node, role), pair);
        entries =
            entries.with(
                Map.of(
                    OWNER, owner,
                    PRIVATE_KEY, pair.getPrivate().getEncoded(),
                    SIGNING_REQUEST, request));
        files.write(entries);
      } else if (!Arrays.equals(found.get(), owner)) {
        throw new KeyStoreUnreadable(
            directory,
            "they are of "
                + new String(found.get(), StandardCharsets.UTF_8)
                + ", not of "
                + CertificateAuthority.subject(node, role));
      }
      KeyRings rings = KeyRings.of(entries);
      return new NodeKeys(directory, node, role, files, State.of(entries), rings);
    } catch (GeneralSecurityException | MalformedMessage | NumberFormatException broken) {
      throw new KeyStoreUnreadable(directory, "a key or certificate is malformed", broken);
    }
  }

  /** Whose keys these are. */
  public NodeId node() {
    return node;
  }

  /** Its role. */
  public Role role() {
    return role;
  }

  /** Its certificate, once it has one. */
  public Optional<X509Certificate> certificate() {
    return state.chain.stream().findFirst();
  }

  /** The authority it belongs to, once it has a certificate. */
  public Optional<X509Certificate> authority() {
    List<X509Certificate> chain = state.chain;
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
  }

  /** PKCS #10 for its key, DER; always the same bytes. */
  public byte[] signingRequest() {
    return state.entries.get(SIGNING_REQUEST).orElseThrow().clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(state.key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException ours) {
      throw new IllegalStateException("a P-256 key of " + node + " signs", ours);
    }
  }

  @Override
  public List<byte[]> chain() {
    List<byte[]> encoded = new ArrayList<>();
    for (X509Certificate certificate : state.chain) {
      try {
        encoded.add(certificate.getEncoded());
      } catch (CertificateEncodingException broken) {
        throw new IllegalStateException("a parsed certificate has its encoding", broken);
      }
    }
    if (encoded.isEmpty()) {
      throw new IllegalStateException(node + " has no certificate yet: enrol first");
    }
    return encoded;
  }

  /**
   * Takes a renewed certificate of the authority it already belongs to.
   *
   * @param chain DER; its own first, the authority's last
   */
  public void install(List<byte[]> chain) throws CertificateRefused, KeyStoreUnreadable {
    X509Certificate known =
        authority()
            .orElseThrow(
                () -> new CertificateRefused(node + " has no authority yet: enrol by a token"));
    install(chain, CertificateAuthority.fingerprint(known));
  }

  /**
   * Takes a certificate, if it is for this server's key, name and role, by that authority.
   *
   * @param chain DER; its own first, the authority's last
   * @param authorityFingerprint from the join token
   */
  public void install(List<byte[]> chain, String authorityFingerprint)
      throws CertificateRefused, KeyStoreUnreadable {
    List<X509Certificate> parsed =
        CertificateChain.check(
            chain,
            authorityFingerprint,
            CertificateAuthority.subject(node, role),
            CertificateAuthority.requestedKey(signingRequest()));
    Map<String, byte[]> entries = new HashMap<>();
    for (int i = 0; i < chain.size(); i++) {
      entries.put(CHAIN + i, chain.get(i));
    }
    store(entries);
    log.info("{} holds a certificate until {}", node, parsed.get(0).getNotAfter().toInstant());
  }

  /**
   * For trunks: shows this server's certificate, trusts its authority alone.
   *
   * @throws IllegalStateException before the certificate is there
   */
  public SSLContext sslContext() {
    return state.tls.orElseThrow(
        () -> new IllegalStateException(node + " has no certificate yet: enrol first"));
  }

  /** For enrolling: shows nothing, trusts mains of the authority with this fingerprint. */
  public static SSLContext trustOnly(String authorityFingerprint) {
    return TlsContexts.trustOnly(authorityFingerprint);
  }

  /** Keeps a pair key; returns when it is on the disk. */
  public synchronized void put(PairKeyGrant grant) throws KeyStoreUnreadable {
    KeyRing held = rings.ring(grant.link());
    SortedMap<Integer, Secret> kept = new TreeMap<>(held.kept());
    kept.put(grant.epoch(), grant.key());
    KeyRing ring = KeyRing.stored(grant.link(), kept, held.cutUpTo());
    store(List.of(ring), List.of());
    rings.hold(ring);
  }

  /** {@link #put(PairKeyGrant)} of 32 bytes. */
  public void putPairKey(String link, int epoch, byte[] key) throws KeyStoreUnreadable {
    put(new PairKeyGrant(link, epoch, Secret.of(key)));
  }

  /** The pair keys as they count now. */
  public KeyRings rings() {
    return rings;
  }

  /**
   * Brings the disk to what these rings keep and what they cut, and keeps the receipt keys; returns
   * when it is there, with one write.
   */
  public synchronized void store(
      Collection<KeyRing> changed, Collection<ReceiptKeyGrant> receiptKeys)
      throws KeyStoreUnreadable {
    KeyEntries entries = state.entries;
    for (KeyRing ring : changed) {
      entries = KeyRings.stored(entries, ring);
    }
    for (ReceiptKeyGrant grant : receiptKeys) {
      byte[] seed = grant.seed().reveal(SecretAccess.KEYVAULT);
      entries = entries.with(receiptKeyName(grant.shard()), seed);
    }
    if (!entries.sameAs(state.entries)) {
      replace(entries);
    }
  }

  /** The epoch this server dials the link with, {@value #NO_EPOCH} without a key to do so. */
  public int sendEpoch(String link) {
    return rings.ring(link).dialEpoch();
  }

  /**
   * The 32-byte pre-shared key of one direction of a link: HKDF-SHA256 of the epoch's pair key over
   * the identity. Empty when no such key is held. Pending keys count, too.
   *
   * @param identity as it goes over the wire in clear
   */
  public Optional<byte[]> psk(String link, int epoch, String identity) {
    return rings.psk(link, epoch, identity);
  }

  /** Keeps a shard's receipt key; returns when it is on the disk. */
  public void put(ReceiptKeyGrant grant) throws KeyStoreUnreadable {
    store(Map.of(receiptKeyName(grant.shard()), grant.seed().reveal(SecretAccess.KEYVAULT)));
  }

  /** {@link #put(ReceiptKeyGrant)} of 32 bytes. */
  public void putReceiptKey(int shard, byte[] seed) throws KeyStoreUnreadable {
    put(new ReceiptKeyGrant(shard, Secret.of(seed)));
  }

  /** Signs receipts of the shard, if this server holds its key. */
  public Optional<Signer> receiptSigner(int shard) {
    return state.entries.get(receiptKeyName(shard)).map(Secret::of).map(Ed25519::signer);
  }

  /** Keeps a secret of its own; returns when it is on the disk. */
  public void putSecret(String name, Secret secret) throws KeyStoreUnreadable {
    store(Map.of(secretName(name), secret.reveal(SecretAccess.KEYVAULT)));
  }

  /** A secret of its own. */
  public Optional<Secret> secret(String name) {
    return state.entries.get(secretName(name)).map(Secret::of);
  }

  /** A secret of its own, made of 32 random bytes the first time. */
  public synchronized Secret secretOrFresh(String name, RandomSource random)
      throws KeyStoreUnreadable {
    Optional<Secret> held = secret(name);
    if (held.isPresent()) {
      return held.get();
    }
    Secret fresh = Secret.random(random, 32);
    putSecret(name, fresh);
    return fresh;
  }

  /**
   * Writes key and trust store as files for clients that take nothing else (ZooKeeper's); again
   * after each renewal.
   *
   * @return where they are
   */
  public StoreFiles exportTo(Path directory, RandomSource random) throws KeyStoreUnreadable {
    State now = state;
    if (now.chain.isEmpty()) {
      throw new KeyStoreUnreadable(this.directory, "no certificate yet: enrol first");
    }
    try {
      return StoreFiles.write(directory, now.key, now.chain, random);
    } catch (GeneralSecurityException | java.io.IOException problem) {
      throw new KeyStoreUnreadable(directory, String.valueOf(problem.getMessage()), problem);
    }
  }

  @Override
  public String toString() {
    return "NodeKeys[" + node + " in " + directory + "]";
  }

  private synchronized void store(Map<String, byte[]> more) throws KeyStoreUnreadable {
    boolean known =
        more.entrySet().stream()
            .allMatch(
                entry ->
                    state
                        .entries
                        .get(entry.getKey())
                        .filter(held -> Arrays.equals(held, entry.getValue()))
                        .isPresent());
    if (!known) {
      replace(state.entries.with(more));
    }
  }

  private void replace(KeyEntries entries) throws KeyStoreUnreadable {
    try {
      State next = state.with(entries);
      files.write(entries);
      state = next;
    } catch (GeneralSecurityException broken) {
      throw new KeyStoreUnreadable(directory, "a key or certificate is malformed", broken);
    }
  }

  private static String receiptKeyName(int shard) {
    return "receipt-key " + shard;
  }

  private static String secretName(String name) {
    return "secret " + name;
  }

  private record State(
      KeyEntries entries, PrivateKey key, List<X509Certificate> chain, Optional<SSLContext> tls) {
    /** Keeps what was made of key and chain while these stay: making it anew takes long. */
    State with(KeyEntries others) throws GeneralSecurityException {
      return sameKey(others) && sameChain(others.startingWith(CHAIN))
          ? new State(others, key, chain, tls)
          : of(others);
    }

    private boolean sameKey(KeyEntries others) {
      return Arrays.equals(
          entries.get(PRIVATE_KEY).orElseThrow(), others.get(PRIVATE_KEY).orElseThrow());
    }

    private boolean sameChain(Map<String, byte[]> others) {
      Map<String, byte[]> own = entries.startingWith(CHAIN);
      return own.keySet().equals(others.keySet())
          && own.entrySet().stream()
              .allMatch(entry -> Arrays.equals(entry.getValue(), others.get(entry.getKey())));
    }

    static State of(KeyEntries entries) throws GeneralSecurityException {
      PrivateKey key = P256.privateKey(entries.get(PRIVATE_KEY).orElseThrow());
      List<X509Certificate> chain = new ArrayList<>();
      for (byte[] der : entries.startingWith(CHAIN).values()) {
        chain.add(Certificates.parse(der));
      }
      Optional<SSLContext> tls =
          chain.isEmpty() ? Optional.empty() : Optional.of(TlsContexts.mutual(key, chain));
      return new State(entries, key, List.copyOf(chain), tls);
    }
  }
}
