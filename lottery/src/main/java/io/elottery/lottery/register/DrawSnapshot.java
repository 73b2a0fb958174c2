package io.elottery.lottery.register;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.DrawDetail.Certified;
import io.elottery.lottery.answer.DrawDetail.Closing;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.Fields;
import java.util.List;

/** A draw's record in a snapshot. Its tickets stand with their players. */
public final class DrawSnapshot {
  private DrawSnapshot() {}

  /** Writes all but the tickets. */
  public static void write(WireWriter out, Draw draw) {
    draw.opening().write(out);
    out.text(draw.book().text());
    Fields.list(out, draw.parties(), (to, party) -> party.write(to));
    Draw.Restored values = draw.values();
    out.u8(values.phase().ordinal()).bool(values.stalled()).i64(values.since());
    out.i64(values.closesAt()).varint(values.capacity()).varint(values.carriedIn());
    Fields.optional(out, values.closing(), (to, closing) -> closing.write(to));
    Fields.optional(out, values.outcome(), (to, outcome) -> outcome.write(to));
    Fields.optional(out, values.certified(), (to, certified) -> certified.write(to));
    out.text(values.reason()).varint(values.settled());
  }

  /** Reads what {@link #write} wrote. */
  public static Draw read(WireReader in, Catalog.Books books) throws MalformedMessage {
    Opening opening = Opening.read(in);
    RuleBook book = books.book(in.text());
    List<PartyRecord> parties = Fields.list(in, 16, PartyRecord::read);
    Draw.Restored values =
        new Draw.Restored(
            Fields.choice(in, DrawState.values()),
            in.bool(),
            in.i64(),
            in.i64(),
            in.count(Integer.MAX_VALUE),
            in.varint(),
            Fields.optional(in, Closing::read),
            Fields.optional(in, DrawOutcome::read),
            Fields.optional(in, Certified::read),
            in.text(),
            in.varint());
    return Draw.restored(opening, book, parties, values);
  }

  /** Gives a ticket back to its draw, in the order sold. */
  public static void refill(Ticket ticket) {
    if (!ticket.isCancelled()) {
      ticket.draw().keep(ticket);
    }
  }
}
