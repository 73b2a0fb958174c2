package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    writeNumbers(out, numbers);
    Fields.list(
        out, winners, (to, row) -> to.text(row.tier()).varint(row.count()).varint(row.prizeEach()));
  }

  /** Reads what {@link #write} wrote. */
  public static DrawOutcome read(WireReader in) throws MalformedMessage {
    Octets seed = Fields.octets(in, 32);
    Numbers numbers = readNumbers(in);
    List<TierCount> winners =
        Fields.list(in, 64, from -> new TierCount(from.text(), from.varint(), from.varint()));
    return new DrawOutcome(seed, numbers, winners);
  }

  /** Writes the numbers of each pool, in the order drawn. */
  public static void writeNumbers(WireWriter out, Numbers numbers) {
    out.varint(numbers.drawn().size());
    for (Map.Entry<String, List<Integer>> pool : numbers.drawn().entrySet()) {
      out.text(pool.getKey());
      Fields.list(out, pool.getValue(), WireWriter::i32);
    }
  }

  /** Reads what {@link #writeNumbers} wrote. */
  public static Numbers readNumbers(WireReader in) throws MalformedMessage {
    TreeMap<String, List<Integer>> drawn = new TreeMap<>();
    for (int left = in.count(16); left > 0; left--) {
      drawn.put(in.text(), Fields.list(in, 1_000_000, WireReader::i32));
    }
    return new Numbers(drawn);
  }
}
