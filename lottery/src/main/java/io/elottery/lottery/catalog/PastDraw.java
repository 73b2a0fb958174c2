package io.elottery.lottery.catalog;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One real drawing of the past, as imported.
 *
 * @param label tells several drawings of one day apart; empty when there is one
 * @param numbers by pool, as the source lists them
 * @param extras other columns worth keeping, by name
 */
public record PastDraw(
    LocalDate date,
    String label,
    SortedMap<String, List<Integer>> numbers,
    SortedMap<String, String> extras) {
  /** Copies. */
  public PastDraw {
    TreeMap<String, List<Integer>> copy = new TreeMap<>();
    numbers.forEach((pool, drawn) -> copy.put(pool, List.copyOf(drawn)));
    numbers = java.util.Collections.unmodifiableSortedMap(copy);
    extras = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(extras));
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.date(out, date);
    out.text(label).varint(numbers.size());
    numbers.forEach(
        (pool, drawn) -> {
          out.text(pool);
          Fields.list(out, drawn, WireWriter::i32);
        });
    out.varint(extras.size());
    extras.forEach((name, value) -> out.text(name).text(value));
  }

  /** Reads what {@link #write} wrote. */
  public static PastDraw read(WireReader in) throws MalformedMessage {
    LocalDate date = Fields.date(in);
    String label = in.text();
    TreeMap<String, List<Integer>> numbers = new TreeMap<>();
    for (int left = in.count(16); left > 0; left--) {
      numbers.put(in.text(), Fields.list(in, 64, WireReader::i32));
    }
    TreeMap<String, String> extras = new TreeMap<>();
    for (int left = in.count(16); left > 0; left--) {
      extras.put(in.text(), in.text());
    }
    return new PastDraw(date, label, numbers, extras);
  }
}
