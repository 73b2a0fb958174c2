package io.elottery.keyvault.audit;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.MainSignature;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.JsonRefused;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/**
 * Checks an export of the audit trail, offline.
 *
 * <p>Guarantee: one changed, missing or added byte of the file as exported is found. Spacing
 * between values means nothing. Whose network it is says the authority's fingerprint: pass the one
 * you know, or compare what the report names.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  /**
   * Checks all of it.
   *
   * @param file as exported (JSON)
   * @param authority hex SHA-256 of the authority's certificate, where it is known
   */
  public static AuditReport verify(byte[] file, Optional<String> authority) {
    AuditExport export;
    try {
      export = AuditExport.parse(file);
    } catch (JsonRefused altered) {
      return new AuditReport.Broken(0, String.valueOf(altered.getMessage()));
    }
    try {
      X509Certificate root = Certificates.parse(export.authority());
      String fingerprint = Sha256.hex(export.authority());
      if (authority.filter(known -> !known.equals(fingerprint)).isPresent()) {
        return new AuditReport.Broken(
            0, "it is of another network: its authority is " + fingerprint);
      }
      root.verify(root.getPublicKey());
      return verify(export, root, fingerprint);
    } catch (GeneralSecurityException malformed) {
      return new AuditReport.Broken(0, "the authority's certificate does not hold");
    }
  }

  private static AuditReport verify(AuditExport export, X509Certificate root, String fingerprint) {
    for (Map.Entry<String, byte[]> entry : export.certificates().entrySet()) {
      if (!Sha256.hex(entry.getValue()).equals(entry.getKey())) {
        return new AuditReport.Broken(0, "certificate " + entry.getKey() + " is another one");
      }
    }
    AuditExport.Closing closing = export.closing();
    if (!closing.authority().equals(fingerprint)) {
      return new AuditReport.Broken(0, "the authority's certificate is another one");
    }
    AuditChain chain = new AuditChain(closing.first() - 1, closing.from());
    if (chain.number() == 0 && !chain.equals(AuditChain.START)) {
      return new AuditReport.Broken(1, "the first record follows another one");
    }
    for (AuditRecord record : export.records()) {
      Optional<String> objection = chain.objection(record, export.certificates(), root);
      if (objection.isPresent()) {
        return new AuditReport.Broken(record.number(), objection.get());
      }
      chain = AuditChain.after(record);
    }
    if (chain.number() != closing.last() || !chain.hash().equals(closing.hash())) {
      return new AuditReport.Broken(
          chain.number() + 1, "records are missing: it was exported up to " + closing.last());
    }
    byte[] certificate = export.certificates().getOrDefault(closing.certificate(), new byte[0]);
    try {
      byte[] signature = BytesText.fromBase64(closing.signature()).orElse(new byte[0]);
      NodeId by = MainSignature.check(closing.signedBytes(), signature, certificate, root);
      return new AuditReport.Holds(
          closing.first(), closing.last(), closing.at(), by.name(), fingerprint);
    } catch (CertificateRefused | IllegalArgumentException refused) {
      return new AuditReport.Broken(0, "the closing signature does not hold");
    }
  }
}
