package io.elottery.lottery.money;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * All accounts of one currency in a branch, added up. Money moves between them and never appears or
 * goes: what was issued is somewhere.
 *
 * @param currency ISO 4217
 * @param issued given to players as welcome credit, minor units
 * @param balances of all players
 * @param stakes held by draws that are not settled, with what was carried into them
 * @param house what the house has won; below zero when it has paid more
 * @param carried waiting for the next draws
 * @param abroad given to other branches and not come back: stakes there, less their stakes here;
 *     over all branches what is on its way between them
 */
public record MoneyBalance(
    String currency,
    long issued,
    long balances,
    long stakes,
    long house,
    long carried,
    long abroad) {
  /** Whether nothing appeared and nothing is lost. */
  public boolean isConserved() {
    return issued == balances + stakes + house + carried + abroad && balances >= 0 && stakes >= 0;
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    new Money(issued, currency).write(out);
    out.i64(balances).i64(stakes).i64(house).i64(carried).i64(abroad);
  }

  /** Reads what {@link #write} wrote. */
  public static MoneyBalance read(WireReader in) throws MalformedMessage {
    Money issued = Money.read(in);
    return new MoneyBalance(
        issued.currency(), issued.minorUnits(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64());
  }
}
