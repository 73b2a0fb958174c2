package io.elottery.keyvault.webhook;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.vault.SealedStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps each receiver's address and secret sealed: the secret is given out once, when it is made,
 * and used afterwards only to sign. Records {@code alert-webhook.<id>}: format 1, address, 32 bytes
 * of secret; of a removed receiver format 0 alone.
 *
 * <p>Futures complete on the records' threads; while the vault is sealed they fail with {@code
 * VaultSealed}. Any thread.
 */
public final class WebhookVault {
  /** How long a secret is. The specification wants 24 to 64 bytes. */
  public static final int SECRET_LENGTH = 32;

  private static final String PREFIX = "alert-webhook.";
  private static final int DESTROYED = 0;
  private static final int FORMAT = 1;

  private final SealedStore store;
  private final RandomSource random;

  /** Over the vault's records. */
  public WebhookVault(SealedStore store, RandomSource random) {
    this.store = store;
    this.random = random;
  }

  /**
   * Keeps a new receiver's address with a fresh secret.
   *
   * @return the secret as receivers' libraries want it, {@code whsec_…}: shown this once
   */
  public CompletableFuture<String> create(String id, String url) {
    Secret secret = Secret.random(random, SECRET_LENGTH);
    byte[] plain = secret.reveal(SecretAccess.KEYVAULT);
    return store
        .create(PREFIX + id, new WireWriter().u8(FORMAT).text(url).raw(plain).toBytes())
        .thenCompose(
            made ->
                made
                    ? CompletableFuture.completedFuture(
                        "whsec_" + Base64.getEncoder().encodeToString(plain))
                    : CompletableFuture.failedFuture(
                        new IllegalStateException("webhook " + id + " is there already")));
  }

  /** Signs a message for that receiver; empty when it was removed. */
  public CompletableFuture<Optional<SignedAlert>> sign(
      String id, String message, Instant at, byte[] body) {
    return store
        .open(PREFIX + id)
        .thenCompose(
            found -> {
              try {
                return CompletableFuture.completedFuture(
                    found.isEmpty()
                        ? Optional.empty()
                        : signed(found.get(), message, at.getEpochSecond(), body));
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(
                    new SealBroken(PREFIX + id + ": opens, but is malformed"));
              }
            });
  }

  /** Writes over address and secret. */
  public CompletableFuture<Void> destroy(String id) {
    return store.write(PREFIX + id, new WireWriter().u8(DESTROYED).toBytes());
  }

  @Override
  public String toString() {
    return "WebhookVault[" + Secret.HIDDEN + "]";
  }

  private static Optional<SignedAlert> signed(
      byte[] plain, String message, long timestamp, byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(plain);
    int format = in.u8();
    if (format == DESTROYED) {
      return Optional.empty();
    }
    if (format != FORMAT) {
      throw new MalformedMessage("format " + format + " is not known");
    }
    String url = in.text();
    Secret secret = Secret.of(in.raw(SECRET_LENGTH));
    in.done();
    return Optional.of(
        new SignedAlert(url, timestamp, WebhookSignature.of(secret, message, timestamp, body)));
  }
}
