package io.elottery.lottery.ticket;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Line;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A player's proof of a sealed ticket.
 *
 * @param position in the ledger of its shard; ascends, never twice
 * @param soldAt the stamp it was sealed under, whole milliseconds
 * @param leaf the bytes of the ticket's leaf in its draw's tree
 * @param salt 16 bytes, with which the owner's mark in the leaf was made
 * @param seal empty until the receipt leaves the ledger, see {@link ReceiptSigning}
 */
public record Receipt(
    TicketId ticket,
    DrawRef draw,
    List<Line> lines,
    Money price,
    long position,
    Instant soldAt,
    Octets leaf,
    Octets salt,
    Optional<ReceiptSeal> seal) {
  private static final String DOMAIN = "elottery/receipt/v1\n";

  /** Copies and checks. */
  public Receipt {
    lines = List.copyOf(lines);
    salt.ofSize(16, "receipt salt");
  }

  /** The same with that seal. */
  public Receipt sealed(ReceiptSeal with) {
    return new Receipt(ticket, draw, lines, price, position, soldAt, leaf, salt, Optional.of(with));
  }

  /** The receipt as JSON; with {@code key} and {@code signature} when it is sealed. */
  public Json.Fields toJson() {
    return seal.map(with -> unsigned(with.key()).with("signature", with.signature().base64()))
        .orElseGet(this::bare);
  }

  /**
   * What is signed: a domain and the canonical JSON of the receipt with its key, without signature.
   *
   * @param key the key that will sign, 32 bytes
   */
  public byte[] signedText(Octets key) {
    return ReceiptText.write(DOMAIN, this, Optional.of(key), Optional.empty());
  }

  /** {@link #toJson()} as canonical JSON. */
  public byte[] text() {
    return ReceiptText.write(
        "", this, seal.map(ReceiptSeal::key), seal.map(ReceiptSeal::signature));
  }

  private Json.Fields unsigned(Octets key) {
    return bare().with("key", key.base64());
  }

  private Json.Fields bare() {
    return Json.fields()
        .with("ticket", ticket.toString())
        .with("game", draw.game().text())
        .with("draw", draw.id().toString())
        .with("lines", lines.stream().map(Line::toJson).toList())
        .with("price", price.minorUnits())
        .with("position", position)
        .with("soldAt", soldAt.toString())
        .with("leaf", leaf.base64())
        .with("salt", salt.base64());
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.ticket(out, ticket);
    Fields.draw(out, draw);
    Fields.list(out, lines, Lines::write);
    price.write(out);
    out.varint(position);
    Fields.instant(out, soldAt);
    Fields.octets(out, leaf);
    out.raw(salt.toBytes());
    Fields.optional(
        out, seal, (to, with) -> to.raw(with.key().toBytes()).raw(with.signature().toBytes()));
  }

  /** Reads what {@link #write} wrote. */
  public static Receipt read(WireReader in) throws MalformedMessage {
    return new Receipt(
        Fields.ticket(in),
        Fields.draw(in),
        Fields.list(in, 64, Lines::read),
        Money.read(in),
        in.varint(),
        Fields.instant(in),
        Fields.octets(in),
        Fields.octets(in, 16),
        Fields.optional(
            in, from -> new ReceiptSeal(Fields.octets(from, 32), Fields.octets(from, 64))));
  }
}
