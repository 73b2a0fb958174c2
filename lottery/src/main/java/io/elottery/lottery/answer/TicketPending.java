package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import java.time.Instant;

/**
 * A wager in another branch's draw that has not answered yet.
 *
 * @param stake reserved for it
 * @param since when it was reserved
 */
public record TicketPending(TicketId ticket, DrawRef draw, Money stake, Instant since) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.ticket(out, ticket);
    Fields.draw(out, draw);
    stake.write(out);
    Fields.instant(out, since);
  }

  /** Reads what {@link #write} wrote. */
  public static TicketPending read(WireReader in) throws MalformedMessage {
    return new TicketPending(
        Fields.ticket(in), Fields.draw(in), Money.read(in), Fields.instant(in));
  }
}
