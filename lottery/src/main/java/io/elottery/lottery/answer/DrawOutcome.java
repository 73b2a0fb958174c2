package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawnNumbers;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import java.util.List;

/**
 * What was drawn.
 *
 * @param seed 32 bytes
 * @param winners one row for each tier, in the order of the rules
 */
public record DrawOutcome(Octets seed, Numbers numbers, List<TierCount> winners) {
  /** Copies. */
  public DrawOutcome {
    winners = List.copyOf(winners);
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.raw(seed.toBytes());
    DrawnNumbers.write(out, numbers);
    Fields.list(
        out, winners, (to, row) -> to.text(row.tier()).varint(row.count()).varint(row.prizeEach()));
  }

  /** Reads what {@link #write} wrote. */
  public static DrawOutcome read(WireReader in) throws MalformedMessage {
    Octets seed = Fields.octets(in, 32);
    Numbers numbers = DrawnNumbers.read(in);
    List<TierCount> winners =
        Fields.list(in, 64, from -> new TierCount(from.text(), from.varint(), from.varint()));
    return new DrawOutcome(seed, numbers, winners);
  }
}
