package io.elottery.keyvault.audit;

import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.MainSignature;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The end of the trail: where the next record goes. Immutable.
 *
 * @param number of the last record; 0 with none
 * @param hash of the last record
 */
public record AuditChain(long number, String hash) {
  /** Before the first record. */
  public static final AuditChain START = new AuditChain(0, "0".repeat(64));

  /** After this record. */
  public static AuditChain after(AuditRecord record) {
    return new AuditChain(record.number(), record.hash());
  }

  /** The next record. */
  public AuditRecord next(AuditDraft draft, Instant at, CertifiedSigner signer) {
    return AuditRecord.sign(number + 1, at, draft, hash, signer);
  }

  /** Why this record is not the next one, as a main of the network wrote it; empty when it is. */
  public Optional<String> objection(
      AuditRecord record, Map<String, byte[]> certificates, X509Certificate authority) {
    if (record.number() != number + 1) {
      return Optional.of("number " + record.number() + " comes after " + number);
    }
    if (!record.previous().equals(hash)) {
      return Optional.of("it does not follow the record before it");
    }
    byte[] certificate = certificates.get(record.certificate());
    if (certificate == null) {
      return Optional.of("the certificate it is signed by is missing");
    }
    try {
      byte[] signature = Base64.getDecoder().decode(record.signature());
      MainSignature.check(record.signedBytes(), signature, certificate, authority);
      return Optional.empty();
    } catch (CertificateRefused | IllegalArgumentException refused) {
      return Optional.of("its signature does not hold");
    }
  }
}
