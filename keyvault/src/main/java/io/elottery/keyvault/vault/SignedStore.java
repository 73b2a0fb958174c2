package io.elottery.keyvault.vault;

import io.elottery.foundation.loop.Turns;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@link SignedRecords} over the place where their bytes lie. Any thread. */
public final class SignedStore implements SignedRecords {
  private final SealedRecords records;
  private final CertifiedSigner signer;
  private final X509Certificate authority;
  private final Turns writes = new Turns();

  /**
   * @param records hold the signed bytes; not secret
   * @param authority whose mains are believed
   */
  public SignedStore(SealedRecords records, CertifiedSigner signer, X509Certificate authority) {
    this.records = records;
    this.signer = signer;
    this.authority = authority;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return checked(name).thenApply(found -> found.map(SignedRecord::payload));
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] payload) {
    return writes.take(
        name,
        () ->
            checked(name)
                .thenCompose(
                    found ->
                        records.write(
                            name,
                            SignedRecord.sign(
                                name,
                                1 + found.map(SignedRecord::version).orElse(0L),
                                payload,
                                signer))));
  }

  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    return records.names(prefix);
  }

  /** A new network's first record of this name, signed by the main that makes it. */
  public static byte[] first(String name, byte[] payload, CertifiedSigner signer) {
    return SignedRecord.sign(name, 1, payload, signer);
  }

  private CompletableFuture<Optional<SignedRecord>> checked(String name) {
    return records
        .read(name)
        .thenCompose(
            found -> {
              try {
                return CompletableFuture.completedFuture(
                    found.isPresent()
                        ? Optional.of(SignedRecord.check(name, found.get(), authority))
                        : Optional.empty());
              } catch (MalformedMessage | CertificateRefused altered) {
                return CompletableFuture.failedFuture(
                    new SealBroken(name + " is not as a main wrote it: " + altered.getMessage()));
              }
            });
  }
}
