package io.elottery.keyvault.audit;

import io.elottery.foundation.hash.Sha256;
import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run of the trail with all that is needed to check it offline; closed by a signature over where
 * it ends, so that nothing can be cut off. Canonical JSON.
 *
 * @param authority of the network, DER
 * @param certificates of the mains that signed, DER, by hex SHA-256
 * @param closing signed by the main that exported
 */
public record AuditExport(
    byte[] authority,
    SortedMap<String, byte[]> certificates,
    List<AuditRecord> records,
    Closing closing) {
  static final String FORMAT = "elottery/audit-export/v1";

  /**
   * Where the run begins and ends.
   *
   * @param authority hex SHA-256
   * @param from hash that the first record names as its previous
   * @param first number of the first record of all parts; one more than {@code last} with none
   * @param last number of the last record
   * @param hash of the last record
   * @param certificate hex SHA-256
   * @param signature base64
   */
  public record Closing(
      Instant at,
      String authority,
      String from,
      long first,
      long last,
      String hash,
      String certificate,
      String signature) {
    byte[] signedBytes() {
      return (FORMAT + "\n" + CanonicalJson.text(content())).getBytes(StandardCharsets.UTF_8);
    }

    private Json.Fields content() {
      return Json.fields()
          .with("at", at.toString())
          .with("authority", authority)
          .with("certificate", certificate)
          .with("first", first)
          .with("from", from)
          .with("hash", hash)
          .with("last", last);
    }

    Json.Fields json() {
      return content().with("signature", signature);
    }

    static Closing read(Json json) throws JsonRefused {
      FieldReader in = FieldReader.of("closing", json);
      Closing closing =
          new Closing(
              Instant.parse(in.text("at")),
              in.text("authority"),
              in.text("from"),
              in.whole("first", 1, Json.WHOLE_LIMIT - 1),
              in.whole("last", 0, Json.WHOLE_LIMIT - 1),
              in.text("hash"),
              in.text("certificate"),
              in.text("signature"));
      in.done();
      if (!closing.json().equals(json)) { // A time has several texts, but one that is signed.
        throw new JsonRefused("closing is not in its only form");
      }
      return closing;
    }
  }

  /** Copies. */
  public AuditExport {
    certificates = Collections.unmodifiableSortedMap(new TreeMap<>(certificates));
    records = List.copyOf(records);
  }

  /**
   * Closes a run.
   *
   * @param first where the whole run begins; of a later part, where its first part did
   * @param before where these records begin
   * @param known certificates that may be needed, the signer's own is added
   */
  public static AuditExport of(
      AuditChain first,
      AuditChain before,
      List<AuditRecord> records,
      Map<String, byte[]> known,
      Instant at,
      CertifiedSigner signer) {
    AuditChain end = records.isEmpty() ? before : AuditChain.after(records.get(records.size() - 1));
    List<byte[]> chain = signer.chain();
    byte[] own = chain.get(0);
    byte[] authority = chain.get(chain.size() - 1);
    SortedMap<String, byte[]> certificates = new TreeMap<>();
    for (AuditRecord record : records) {
      byte[] certificate = known.get(record.certificate());
      if (certificate != null) {
        certificates.put(record.certificate(), certificate);
      }
    }
    certificates.put(Sha256.hex(own), own);
    Closing open =
        new Closing(
            at,
            Sha256.hex(authority),
            first.hash(),
            first.number() + 1,
            end.number(),
            end.hash(),
            Sha256.hex(own),
            "");
    Closing closing =
        new Closing(
            open.at,
            open.authority,
            open.from,
            open.first,
            open.last,
            open.hash,
            open.certificate,
            BytesText.base64(signer.sign(open.signedBytes())));
    return new AuditExport(authority, certificates, records, closing);
  }

  /** This part and the one right after it, closed over both: long trails come in parts. */
  public AuditExport and(AuditExport later) {
    SortedMap<String, byte[]> all = new TreeMap<>(certificates);
    all.putAll(later.certificates);
    List<AuditRecord> both = new ArrayList<>(records);
    both.addAll(later.records);
    return new AuditExport(authority, all, both, later.closing);
  }

  /** The file. */
  public byte[] json() {
    Json.Fields named = Json.fields();
    for (Map.Entry<String, byte[]> entry : certificates.entrySet()) {
      named = named.with(entry.getKey(), BytesText.base64(entry.getValue()));
    }
    return CanonicalJson.write(
        Json.fields()
            .with("authority", BytesText.base64(authority))
            .with("certificates", named)
            .with("closing", closing.json())
            .with("format", FORMAT)
            .with("records", records.stream().map(AuditRecord::json).toList()));
  }

  /** Reads a file in any spacing; what its bytes were worth is {@link AuditVerifier}'s to say. */
  public static AuditExport parse(byte[] file) throws JsonRefused {
    return read(CanonicalJson.parse(file));
  }

  static AuditExport read(Json json) throws JsonRefused {
    FieldReader in = FieldReader.of("export", json);
    try {
      if (!in.text("format").equals(FORMAT)) {
        throw new JsonRefused("not an audit export that this version knows: expected " + FORMAT);
      }
      SortedMap<String, byte[]> certificates = new TreeMap<>();
      FieldReader named = FieldReader.of("certificates", in.object("certificates"));
      for (String name : named.unread()) {
        certificates.put(name, bytes(named.text(name)));
      }
      List<AuditRecord> records = new ArrayList<>();
      for (Json item : in.items("records")) {
        records.add(AuditRecord.read(item));
      }
      AuditExport export =
          new AuditExport(
              bytes(in.text("authority")),
              certificates,
              records,
              Closing.read(in.object("closing")));
      in.done();
      return export;
    } catch (DateTimeException notATime) {
      throw new JsonRefused("closing: at: expected a time");
    }
  }

  private static byte[] bytes(String base64) throws JsonRefused {
    return BytesText.fromBase64(base64)
        .orElseThrow(() -> new JsonRefused("expected bytes as base64"));
  }

  /** For a spreadsheet; only {@link #json()} can be checked. */
  public String csv() {
    StringBuilder out =
        new StringBuilder("number,at,who,approvedBy,what,target,detail,result,previous,hash\r\n");
    for (AuditRecord record : records) {
      AuditDraft draft = record.draft();
      List<String> cells =
          List.of(
              String.valueOf(record.number()),
              record.at().toString(),
              draft.who(),
              draft.approvedBy(),
              draft.what(),
              draft.target(),
              draft.detail(),
              draft.result(),
              record.previous(),
              record.hash());
      out.append(String.join(",", cells.stream().map(AuditExport::cell).toList())).append("\r\n");
    }
    return out.toString();
  }

  // RFC 4180; what a spreadsheet would take for a formula is led by an apostrophe.
  private static String cell(String text) {
    String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
