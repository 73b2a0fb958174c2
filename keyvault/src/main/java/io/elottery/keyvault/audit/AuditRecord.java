package io.elottery.keyvault.audit;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * One record of the trail.
 *
 * @param number from 1, without gaps
 * @param previous hex SHA-256 of the record before, with its signature; 64 zeros for the first
 * @param certificate hex SHA-256 of the certificate of the main that signed
 * @param signature base64, ECDSA P-256 over the record without it
 */
public record AuditRecord(
    long number,
    Instant at,
    AuditDraft draft,
    String previous,
    String certificate,
    String signature) {
  private static final String DOMAIN = "elottery/audit/v1\n";

  static AuditRecord sign(
      long number, Instant at, AuditDraft draft, String previous, CertifiedSigner signer) {
    AuditRecord unsigned =
        new AuditRecord(number, at, draft, previous, Sha256.hex(signer.chain().get(0)), "");
    return new AuditRecord(
        number,
        at,
        draft,
        previous,
        unsigned.certificate,
        BytesText.base64(signer.sign(unsigned.signedBytes())));
  }

  /** Its only text: canonical JSON, one line. */
  public Json.Fields json() {
    return content().with("signature", signature);
  }

  /** {@link #json()} as text. */
  public String line() {
    return CanonicalJson.text(json());
  }

  /** Reads a line. */
  public static AuditRecord parse(byte[] line) throws MalformedMessage {
    try {
      return read(CanonicalJson.parseCanonical(line));
    } catch (JsonRefused malformed) {
      throw new MalformedMessage(String.valueOf(malformed.getMessage()));
    }
  }

  static AuditRecord read(Json json) throws JsonRefused {
    FieldReader in = FieldReader.of("audit record", json);
    try {
      AuditRecord record =
          new AuditRecord(
              in.whole("number", 1, Json.WHOLE_LIMIT - 1),
              Instant.parse(in.text("at")),
              new AuditDraft(
                  in.text("who"),
                  in.text("approvedBy"),
                  in.text("what"),
                  in.text("target"),
                  in.text("detail"),
                  in.text("result")),
              in.text("previous"),
              in.text("certificate"),
              in.text("signature"));
      in.done();
      if (!record.json().equals(json)) {
        throw new JsonRefused("audit record " + record.number + " is not in its only form");
      }
      return record;
    } catch (DateTimeException notATime) {
      throw new JsonRefused("audit record: at: expected a time");
    }
  }

  /** What the next record names as its previous. */
  public String hash() {
    return Sha256.hex(CanonicalJson.write(json()));
  }

  byte[] signedBytes() {
    return (DOMAIN + CanonicalJson.text(content())).getBytes(StandardCharsets.UTF_8);
  }

  private Json.Fields content() {
    return Json.fields()
        .with("approvedBy", draft.approvedBy())
        .with("at", at.toString())
        .with("certificate", certificate)
        .with("detail", draft.detail())
        .with("number", number)
        .with("previous", previous)
        .with("result", draft.result())
        .with("target", draft.target())
        .with("what", draft.what())
        .with("who", draft.who());
  }
}
