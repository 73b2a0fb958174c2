package io.elottery.keyvault.vault;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.secret.SecretAccess;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Checks join tokens and marks them used, once and for one key. */
final class Enrolments {
  private static final Pattern TOKEN_ID = Pattern.compile("[0-9a-f]{16}");

  private final SealedStore store;
  private final Time time;

  Enrolments(SealedStore store, Time time) {
    this.store = store;
    this.time = time;
  }

  static String tokenName(String tokenId) {
    return "token." + tokenId;
  }

  /** Empty when the request is admitted, else why not. */
  CompletableFuture<Optional<String>> admit(EnrolRequest request) {
    byte[] key;
    try {
      key = CertificateAuthority.requestedKey(request.signingRequest()).getEncoded();
    } catch (CertificateRefused malformed) {
      return refused(String.valueOf(malformed.getMessage()));
    }
    if (!TOKEN_ID.matcher(request.tokenId()).matches()) {
      return refused(request.node() + " shows no join token");
    }
    return store
        .open(tokenName(request.tokenId()))
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return refused("join token " + request.tokenId() + " is not known");
              }
              return Vault.decoded(
                      tokenName(request.tokenId()), () -> JoinRecord.decoded(found.get()))
                  .thenCompose(record -> admit(request, record, key));
            });
  }

  private CompletableFuture<Optional<String>> admit(
      EnrolRequest request, JoinRecord record, byte[] key) {
    String token = "join token " + request.tokenId();
    if (!record.matches(Sha256.of(request.secret().reveal(SecretAccess.KEYVAULT)))) {
      return refused(token + ": wrong secret");
    }
    if (!record.node().equals(request.node()) || record.role() != request.role()) {
      return refused(
          token
              + " is for "
              + record.node()
              + " ("
              + record.role().text()
              + "), shown by "
              + request.node()
              + " ("
              + request.role().text()
              + ")");
    }
    if (time.now().isAfter(record.until())) {
      return refused(token + " ended at " + record.until());
    }
    String used = "token-used." + request.tokenId();
    byte[] claim = Sha256.of(key);
    return store
        .openOrCreate(used, () -> claim)
        .thenApply(
            first ->
                MessageDigest.isEqual(first, claim)
                    ? Optional.empty()
                    : Optional.of(token + " was already used with another key"));
  }

  private static CompletableFuture<Optional<String>> refused(String why) {
    return CompletableFuture.completedFuture(Optional.of(why));
  }
}
