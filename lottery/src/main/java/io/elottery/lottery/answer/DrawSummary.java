package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * One draw in a list.
 *
 * @param onSale whether a ticket could be bought now: open, and every party has committed
 * @param capacity the most tickets
 * @param sold tickets now in it
 * @param price of one line
 * @param jackpot what the only winner of the carry tier, or of the first tier where nothing is
 *     carried, would get by the sales so far
 * @param waitingFor the parties whose step the draw waits for, ascending
 * @param since when it came to where it is
 */
public record DrawSummary(
    DrawRef draw,
    DrawState state,
    boolean onSale,
    Instant closesAt,
    int capacity,
    int sold,
    Money price,
    Money jackpot,
    List<PartyName> waitingFor,
    Instant since) {
  /** Copies. */
  public DrawSummary {
    waitingFor = List.copyOf(waitingFor);
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.draw(out, draw);
    out.u8(state.ordinal()).bool(onSale);
    Fields.instant(out, closesAt);
    out.varint(capacity).varint(sold);
    price.write(out);
    jackpot.write(out);
    Fields.list(out, waitingFor, Fields::party);
    Fields.instant(out, since);
  }

  /** Reads what {@link #write} wrote. */
  public static DrawSummary read(WireReader in) throws MalformedMessage {
    return new DrawSummary(
        Fields.draw(in),
        Fields.choice(in, DrawState.values()),
        in.bool(),
        Fields.instant(in),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        Money.read(in),
        Money.read(in),
        Fields.list(in, 16, Fields::party),
        Fields.instant(in));
  }
}
