package io.elottery.lottery.ticket;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.rules.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a played line is written in binary messages: its pools in ascending order of their names. */
public final class Lines {
  /** The most pools a line carries. */
  public static final int POOLS_MAX = 16;

  /** The most numbers of one pool a line carries. */
  public static final int NUMBERS_MAX = 64;

  private Lines() {}

  /**
   * Writes a line.
   *
   * @throws IllegalArgumentException when it has more than the bounds allow
   */
  public static void write(WireWriter out, Line line) {
    bounded(line.picks().size(), POOLS_MAX, "pools");
    out.varint(line.picks().size());
    for (Map.Entry<String, List<Integer>> pool : line.picks().entrySet()) {
      bounded(pool.getValue().size(), NUMBERS_MAX, "numbers of " + pool.getKey());
      out.text(pool.getKey()).varint(pool.getValue().size());
      for (int number : pool.getValue()) {
        out.i32(number);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Line read(WireReader in) throws MalformedMessage {
    int pools = in.count(POOLS_MAX);
    TreeMap<String, List<Integer>> picks = new TreeMap<>();
    for (int i = 0; i < pools; i++) {
      String name = in.text();
      if (!picks.isEmpty() && name.compareTo(picks.lastKey()) <= 0) {
        throw new MalformedMessage("pools of a line are not in ascending order");
      }
      int count = in.count(NUMBERS_MAX);
      List<Integer> numbers = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        numbers.add(in.i32());
      }
      picks.put(name, numbers);
    }
    return new Line(picks);
  }

  private static void bounded(int count, int most, String what) {
    if (count > most) {
      throw new IllegalArgumentException(what + ": " + count + " in a line, at most " + most);
    }
  }
}
