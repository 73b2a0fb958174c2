package io.elottery.lottery.draw;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.numbers.Numbers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How drawn numbers are written in binary messages: of each pool, in the order drawn. */
public final class DrawnNumbers {
  private DrawnNumbers() {}

  /** Writes pools in ascending order of their names. */
  public static void write(WireWriter out, Numbers numbers) {
    out.varint(numbers.drawn().size());
    for (Map.Entry<String, List<Integer>> pool : numbers.drawn().entrySet()) {
      out.text(pool.getKey());
      Fields.list(out, pool.getValue(), WireWriter::i32);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Numbers read(WireReader in) throws MalformedMessage {
    TreeMap<String, List<Integer>> drawn = new TreeMap<>();
    for (int left = in.count(16); left > 0; left--) {
      drawn.put(in.text(), Fields.list(in, 1_000_000, WireReader::i32));
    }
    return new Numbers(drawn);
  }
}
