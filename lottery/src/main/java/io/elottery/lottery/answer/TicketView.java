package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import java.util.Optional;

/**
 * A ticket as its player sees it.
 *
 * @param prize of all lines together; empty unless {@link TicketState#WON}
 */
public record TicketView(Receipt receipt, TicketState state, Optional<Money> prize) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    receipt.write(out);
    out.u8(state.ordinal());
    Fields.optional(out, prize, (to, money) -> money.write(to));
  }

  /** Reads what {@link #write} wrote. */
  public static TicketView read(WireReader in) throws MalformedMessage {
    return new TicketView(
        Receipt.read(in),
        Fields.choice(in, TicketState.values()),
        Fields.optional(in, Money::read));
  }
}
