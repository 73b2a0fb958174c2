package io.elottery.keyvault.vault;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.Enrolment;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.rotation.PairRecords;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What main keeps sealed: the authority, join tokens, pair keys, LEFT's and RIGHT's draw secrets,
 * receipt keys. Every secret lies in a sealed record and is opened for the one call that needs it.
 *
 * <p>Any number of mains may use the same records at once: what must exist once (a pair key, the
 * use of a token) is decided by {@link SealedRecords#create}. Futures complete on the records'
 * threads, exceptionally with {@link VaultSealed} while the compartment is sealed that the call
 * needs, with {@link SealBroken} for a record that does not open.
 */
public final class Vault {
  static final String AUTHORITY = "authority";

  private final SealedStore store;
  private final RandomSource random;
  private final Time time;
  private final Enrolments enrolments;

  /** Over records that may be empty yet; what a sealed compartment holds fails until it opens. */
  public Vault(VaultKeys keys, SealedRecords records, RandomSource random, Time time) {
    this.store = new SealedStore(keys, records);
    this.random = random;
    this.time = time;
    this.enrolments = new Enrolments(store, time);
  }

  /** Whether the records hold a network; the authority is written last. */
  public CompletableFuture<Boolean> isFounded() {
    return store.isThere(AUTHORITY);
  }

  /** The records themselves, for what has its own rules: the rotation of pair keys. */
  public SealedStore store() {
    return store;
  }

  /** Makes the draw secrets and the authority of a new network; what is there already stays. */
  public CompletableFuture<CertificateAuthority> found(String name) {
    CertificateAuthority fresh = CertificateAuthority.create(name, random, time);
    return drawSecret(Hemisphere.LEFT)
        .thenCompose(left -> drawSecret(Hemisphere.RIGHT))
        .thenCompose(
            right -> store.create(AUTHORITY, (sealer, context) -> fresh.sealed(sealer, context)))
        .thenCompose(made -> authority());
  }

  /** The authority; fails where the vault is not founded. */
  public CompletableFuture<CertificateAuthority> authority() {
    return store
        .open(
            AUTHORITY,
            (sealer, context, bytes) ->
                CertificateAuthority.open(sealer, context, bytes, random, time))
        .thenCompose(
            found ->
                found
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(
                        () ->
                            CompletableFuture.failedFuture(
                                new IllegalStateException(
                                    "the vault is not founded: import the bootstrap"))));
  }

  /** A one-time token by which this server may join; the vault keeps only its digest. */
  public CompletableFuture<JoinToken> invite(NodeId node, Role role, Duration validity) {
    return authority()
        .thenCompose(
            authority -> {
              JoinToken token = JoinToken.fresh(random, authority.fingerprint());
              JoinRecord record =
                  new JoinRecord(node, role, token.secretDigest(), time.now().plus(validity));
              return store
                  .create(Enrolments.tokenName(token.id()), record.encoded())
                  .thenApply(made -> token);
            });
  }

  /**
   * Grants a certificate for an unused token, or again for a token that was used with the same key:
   * the first answer may have been lost.
   */
  public CompletableFuture<Enrolment> enrol(EnrolRequest request) {
    return enrolments
        .admit(request)
        .thenCompose(
            admission ->
                admission.isEmpty()
                    ? issue(request, List.of())
                    : CompletableFuture.completedFuture(new Enrolment.Refused(admission.get())));
  }

  /**
   * Grants a newer certificate to a server that showed a valid one for the same name and role.
   *
   * @param hosts what it may be reached by, as in the one it showed
   */
  public CompletableFuture<Enrolment> renew(Peer shown, EnrolRequest request, List<String> hosts) {
    if (shown.role() == Role.JOINING
        || !shown.id().equals(request.node())
        || shown.role() != request.role()) {
      return CompletableFuture.completedFuture(
          new Enrolment.Refused(
              shown + " asks for the certificate of " + request.node() + ", not its own"));
    }
    return issue(request, hosts);
  }

  /** The pair keys of links. */
  public PairRecords pairs() {
    return new SealedPairs(store);
  }

  /** The secret with which a hemisphere takes part in draws; made where there is none. */
  public CompletableFuture<DrawSecret> drawSecret(Hemisphere hemisphere) {
    return store
        .openOrCreate(drawSecretName(hemisphere), () -> random.bytes(DrawSecret.LENGTH))
        .thenApply(plain -> DrawSecret.of(Secret.of(plain)));
  }

  static String drawSecretName(Hemisphere hemisphere) {
    return "draw-secret." + hemisphere;
  }

  /** The key that signs receipts of the shard; made where there is none. */
  public CompletableFuture<ReceiptKeyGrant> receiptKey(int shard) {
    return store
        .openOrCreate("receipt-key." + shard, () -> random.bytes(32))
        .thenApply(plain -> new ReceiptKeyGrant(shard, Secret.of(plain)));
  }

  @Override
  public String toString() {
    return "Vault[" + Secret.HIDDEN + "]";
  }

  private CompletableFuture<Enrolment> issue(EnrolRequest request, List<String> hosts) {
    return authority()
        .thenApply(
            authority -> {
              try {
                byte[] own =
                    authority
                        .issue(
                            request.signingRequest(),
                            request.node(),
                            request.role(),
                            CertificateAuthority.validity(request.role()),
                            hosts)
                        .getEncoded();
                return new Enrolment.Issued(
                    new EnrolReply(List.of(own, authority.certificate().getEncoded())));
              } catch (CertificateRefused | java.security.cert.CertificateEncodingException no) {
                return new Enrolment.Refused(String.valueOf(no.getMessage()));
              }
            });
  }

  static <T> CompletableFuture<T> decoded(String name, Decoding<T> decoding) {
    try {
      return CompletableFuture.completedFuture(decoding.decode());
    } catch (MalformedMessage malformed) {
      return CompletableFuture.failedFuture(
          new SealBroken(name + ": opens, but is malformed: " + malformed.getMessage()));
    }
  }

  interface Decoding<T> {
    T decode() throws MalformedMessage;
  }
}
