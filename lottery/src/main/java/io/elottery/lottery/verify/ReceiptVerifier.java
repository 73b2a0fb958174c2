package io.elottery.lottery.verify;

import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.ticket.SaleText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a receipt offline: that its shard's key signed it, that its leaf says the same, that the
 * history which the shard's copies signed has room for it where it says, and, where there is a
 * proof of that, that it is part of it. Whose key that is, is known only with a parties file, which
 * also says of which shard it is.
 */
public final class ReceiptVerifier {
  private static final byte[] DOMAIN = "elottery/receipt/v1\n".getBytes(StandardCharsets.UTF_8);

  private record Read(
      Json.Fields unsigned,
      String ticket,
      String draw,
      List<Line> lines,
      long price,
      long position,
      Instant soldAt,
      byte[] salt,
      byte[] leaf,
      byte[] key,
      byte[] signature) {}

  private ReceiptVerifier() {}

  /** Whether the file is a receipt, sound or not, and nothing else. */
  public static boolean isReceipt(byte[] file) {
    try {
      FieldReader in = FieldReader.of("file", CanonicalJson.parse(file));
      return in.has("ticket") && in.has("leaf") && in.has("signature");
    } catch (JsonRefused other) {
      return false;
    }
  }

  /**
   * Checks a receipt.
   *
   * @param file the receipt as it was answered; {@code state}, {@code currency} and {@code prize},
   *     which are told with it later, are not part of it
   * @param pinned the parties file with the shards' keys
   * @param history what the shard's copies signed
   */
  public static Verification verify(
      byte[] file, Optional<PartiesFile> pinned, Optional<SignedHistory> history) {
    Read receipt;
    try {
      receipt = read(file);
    } catch (JsonRefused | DateTimeException refused) {
      Check lie = new Check("format", String.valueOf(refused.getMessage()), false);
      return new Verification(Verdict.REFUSED, List.of(lie), "");
    }
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("format", "a receipt with exactly its keys", true));
    checks.add(signature(receipt));
    checks.add(leaf(receipt));
    Optional<Integer> shard = pinned.flatMap(file1 -> shardOf(file1, receipt.key));
    pinned.ifPresent(parties -> checks.add(pinned(parties, shard)));
    if (history.isPresent()) {
      shard.ifPresent(number -> checks.add(sameShard(number, history.get())));
      checks.add(history.get().whole());
      checks.add(history.get().holds(receipt.position, receipt.soldAt));
      history.get().includes(receipt.ticket, saleText(receipt)).ifPresent(checks::add);
    }
    List<Check> told = untilFirstLie(checks);
    boolean good = told.get(told.size() - 1).holds();
    Verdict verdict = pinned.isPresent() ? Verdict.VERIFIED : Verdict.SELF_CONSISTENT_ONLY;
    return new Verification(good ? verdict : Verdict.REFUSED, told, "");
  }

  // After the leaf's check, which holds ticket and draw to their forms.
  private static byte[] saleText(Read receipt) {
    try {
      return SaleText.of(
          TicketId.parse(receipt.ticket),
          DrawRef.parse(receipt.draw),
          receipt.position,
          receipt.soldAt.toEpochMilli(),
          Octets.of(receipt.salt),
          SaleText.numbers(receipt.lines));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      return new byte[0];
    }
  }

  private static List<Check> untilFirstLie(List<Check> checks) {
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).holds()) {
        return checks.subList(0, i + 1);
      }
    }
    return checks;
  }

  private static Read read(byte[] file) throws JsonRefused {
    Json.Fields fields = fields(file).without("state").without("currency").without("prize");
    FieldReader in = FieldReader.of("receipt", fields);
    List<Line> lines = new ArrayList<>();
    for (Json line : in.items("lines")) {
      lines.add(Line.fromJson("receipt.lines[" + lines.size() + "]", line));
    }
    Read read =
        new Read(
            fields.without("signature"),
            in.text("ticket"),
            in.text("game") + ":" + in.text("draw"),
            lines,
            in.whole("price", 0, Json.WHOLE_LIMIT - 1),
            in.whole("position", 0, Json.WHOLE_LIMIT - 1),
            Instant.parse(in.text("soldAt")),
            in.base64("salt", 16),
            bytes(in.text("leaf"), "leaf"),
            in.base64("key", PartySignature.KEY_LENGTH),
            in.base64("signature", PartySignature.LENGTH));
    in.done();
    return read;
  }

  private static Json.Fields fields(byte[] file) throws JsonRefused {
    if (CanonicalJson.parse(file) instanceof Json.Fields fields) {
      return fields;
    }
    throw new JsonRefused("receipt: expected an object");
  }

  private static byte[] bytes(String base64, String what) throws JsonRefused {
    return BytesText.fromBase64(base64)
        .orElseThrow(() -> new JsonRefused("receipt: " + what + " is not base64"));
  }

  private static Check signature(Read receipt) {
    byte[] body = CanonicalJson.write(receipt.unsigned);
    byte[] text = Arrays.copyOf(DOMAIN, DOMAIN.length + body.length);
    System.arraycopy(body, 0, text, DOMAIN.length, body.length);
    return new Check(
        "signature",
        "of the key " + BytesText.base64(receipt.key) + " over the receipt",
        PartySignature.holds(receipt.key, text, receipt.signature));
  }

  private static Check leaf(Read receipt) {
    Leaf leaf;
    try {
      leaf = Leaf.parse(receipt.leaf);
    } catch (JsonRefused refused) {
      return new Check("leaf", String.valueOf(refused.getMessage()), false);
    }
    return new Check(
        "leaf",
        "ticket, draw, lines, price and position are the receipt's",
        leaf.id().equals(receipt.ticket)
            && leaf.draw().toString().equals(receipt.draw)
            && leaf.lines().equals(receipt.lines)
            && leaf.price() == receipt.price
            && leaf.position() == receipt.position);
  }

  private static Optional<Integer> shardOf(PartiesFile parties, byte[] key) {
    return parties.receiptKeys().entrySet().stream()
        .filter(entry -> Arrays.equals(entry.getValue(), key))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Check pinned(PartiesFile parties, Optional<Integer> shard) {
    return new Check(
        "pinned key",
        shard
            .map(number -> "is shard " + number + "'s in parties file version " + parties.version())
            .orElse("is no shard's in parties file version " + parties.version()),
        shard.isPresent());
  }

  private static Check sameShard(int shard, SignedHistory history) {
    return new Check(
        "shard",
        "the receipt is of shard " + shard + ", the heads of shard " + history.shard(),
        shard == history.shard());
  }
}
