package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a player, as that player may know it.
 *
 * @param at as the writer stamped it
 * @param position of the command in the home's shard
 * @param amount what it changed the balance by; below zero for what was paid
 * @param balance after it
 */
public record HistoryItem(
    Instant at, long position, Kind kind, Optional<About> about, Money amount, Money balance) {

  /** What it was. The order is part of the formats. */
  public enum Kind {
    /** The account was opened, with what it began with. */
    REGISTERED,
    /** A session was opened. */
    SIGNED_IN,
    /** A session was closed by its owner. */
    SIGNED_OUT,
    /** A ticket was paid and sealed, in a draw of the home. */
    BOUGHT,
    /** A ticket was given back; the stake was returned. */
    CANCELLED,
    /** A ticket's prize was credited. */
    WON,
    /** The draw is void; the stake was returned. */
    RETURNED,
    /** The stake for a draw of another branch was taken. */
    RESERVED,
    /** The draw of the other branch has the ticket, or keeps it. */
    SEALED,
    /** The draw of the other branch does not take it; the stake was returned. */
    REFUSED,
    /** The draw of the other branch was asked to let the ticket go. */
    CANCELLING
  }

  /** The ticket it happened to, and its draw. */
  public record About(TicketId ticket, DrawRef draw) {
    /** Writes both. */
    public void write(WireWriter out) {
      Fields.ticket(out, ticket);
      Fields.draw(out, draw);
    }

    /** Reads what {@link #write} wrote. */
    public static About read(WireReader in) throws MalformedMessage {
      return new About(Fields.ticket(in), Fields.draw(in));
    }
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.instant(out, at);
    out.varint(position).u8(kind.ordinal());
    Fields.optional(out, about, (to, value) -> value.write(to));
    amount.write(out);
    balance.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static HistoryItem read(WireReader in) throws MalformedMessage {
    return new HistoryItem(
        Fields.instant(in),
        in.varint(),
        Fields.choice(in, Kind.values()),
        Fields.optional(in, About::read),
        Money.read(in),
        Money.read(in));
  }
}
