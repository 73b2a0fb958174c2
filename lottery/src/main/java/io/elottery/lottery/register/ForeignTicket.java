package io.elottery.lottery.register;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import java.util.Optional;

/**
 * A player's wager in a draw of another branch, as the player's home knows it. Changed by the
 * machine's events only.
 *
 * <pre>
 *   RESERVED ── the draw sealed it ──────────→ SEALED ── given back in time ──→ CANCELLED
 *      ├─ the draw refuses it for good ──────→ REFUSED
 *      └─ given back before the draw has it ─→ CANCELLED
 * </pre>
 */
public final class ForeignTicket {
  /** How far it came. The order is part of the snapshot's format. */
  public enum Phase {
    /** The stake is taken, the draw has not answered. */
    RESERVED,
    /** It is in the draw. */
    SEALED,
    /** The draw refused it; the stake is returned. */
    REFUSED,
    /** The player gave it back; the stake is returned. */
    CANCELLED
  }

  /**
   * What was asked for.
   *
   * @param key with which the ticket's id was made
   * @param stake what was taken for it
   * @param position of the reservation, in the home's shard
   */
  public record Asked(
      PlayerId player, DrawRef draw, RequestKey key, Money stake, long position, long at) {}

  private final TicketId id;
  private final Asked asked;
  private final Octets body; // SHA-256 of the wager
  private Optional<Wager> wager; // kept until the draw has answered
  private Phase phase = Phase.RESERVED;
  private boolean withdrawing;
  private Optional<Octets> receipt = Optional.empty(); // its bytes, sealed
  private Optional<Refusal> why = Optional.empty();
  private long paid; // minor units

  /** A new one. */
  public ForeignTicket(Asked asked, Wager wager) {
    this(asked, Optional.of(wager), bodyOf(wager));
  }

  private ForeignTicket(Asked asked, Optional<Wager> wager, Octets body) {
    this.id = TicketId.of(asked.player(), asked.draw(), asked.key());
    this.asked = asked;
    this.wager = wager;
    this.body = body;
  }

  private static Octets bodyOf(Wager wager) {
    WireWriter out = new WireWriter(128);
    wager.write(out);
    return Octets.wrap(Sha256.of(out.toBytes()));
  }

  /** Its name. */
  public TicketId id() {
    return id;
  }

  /** What was asked for. */
  public Asked asked() {
    return asked;
  }

  /** What is wanted from the draw; there while it has not answered. */
  public Optional<Wager> wager() {
    return wager;
  }

  /** Whether this wager, asked for with the same key, is the same. */
  public boolean isFor(Wager other) {
    return body.equals(bodyOf(other));
  }

  /** How far it came. */
  public Phase phase() {
    return phase;
  }

  /** Whether the draw was asked to let it go and has not answered. */
  public boolean isWithdrawing() {
    return withdrawing;
  }

  /** Whether the draw is still to be asked for something. */
  public boolean isOpen() {
    return phase == Phase.RESERVED || withdrawing;
  }

  /** The receipt that the draw's shard sealed; there once it was in the draw. */
  public Optional<Receipt> receipt() {
    return receipt.map(
        bytes -> {
          try {
            return Receipt.read(new WireReader(bytes.toBytes()));
          } catch (MalformedMessage ours) {
            throw new InvariantViolation(id + ": " + ours.getMessage());
          }
        });
  }

  /** Why it is not in the draw. */
  public Optional<Refusal> why() {
    return why;
  }

  /** What came back for it after the draw, minor units. */
  public long paid() {
    return paid;
  }

  /** The draw has it. */
  public void confirm(Receipt sealed, boolean stays) {
    if (receipt.isEmpty()) {
      WireWriter out = new WireWriter(512);
      sealed.write(out);
      receipt = Optional.of(Octets.wrap(out.toBytes()));
    }
    phase = Phase.SEALED;
    wager = Optional.empty();
    withdrawing &= !stays;
  }

  /** The draw does not have it and never will. */
  public void release(Refusal reason) {
    phase = withdrawing ? Phase.CANCELLED : Phase.REFUSED;
    withdrawing = false;
    wager = Optional.empty();
    why = Optional.of(reason);
  }

  /** The draw is to let it go. */
  public void withdraw() {
    withdrawing = true;
  }

  /** Something came back for it. */
  public void pay(long minorUnits) {
    paid += minorUnits;
  }

  /** Writes all of it but the player, with whom it stands. */
  public void write(WireWriter out) {
    Fields.draw(out, asked.draw());
    Fields.key(out, asked.key());
    asked.stake().write(out);
    out.varint(asked.position()).i64(asked.at()).raw(body.toBytes());
    Fields.optional(out, wager, (to, value) -> value.write(to));
    out.u8(phase.ordinal()).bool(withdrawing);
    Fields.optional(out, receipt, Fields::octets);
    Fields.optional(out, why, (to, value) -> value.write(to));
    out.varint(paid);
  }

  /** Reads what {@link #write} wrote. */
  public static ForeignTicket read(WireReader in, PlayerId player) throws MalformedMessage {
    Asked asked =
        new Asked(player, Fields.draw(in), Fields.key(in), Money.read(in), in.varint(), in.i64());
    Octets body = Fields.octets(in, 32);
    ForeignTicket ticket = new ForeignTicket(asked, Fields.optional(in, Wager::read), body);
    ticket.phase = Fields.choice(in, Phase.values());
    ticket.withdrawing = in.bool();
    ticket.receipt = Fields.optional(in, Fields::octets);
    ticket.why = Fields.optional(in, Refusal::read);
    ticket.paid = in.varint();
    return ticket;
  }
}
