package io.elottery.lottery.catalog;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawnNumbers;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.results.PastResult;
import java.time.LocalDate;
import java.util.TreeMap;

/** How a past result is written in binary messages. */
public final class PastResults {
  private PastResults() {}

  /** Writes date, numbers and the columns kept. */
  public static void write(WireWriter out, PastResult result) {
    Fields.date(out, result.date());
    DrawnNumbers.write(out, result.numbers());
    out.varint(result.kept().size());
    result.kept().forEach((heading, text) -> out.text(heading).text(text));
  }

  /** Reads what {@link #write} wrote. */
  public static PastResult read(WireReader in) throws MalformedMessage {
    LocalDate date = Fields.date(in);
    Numbers numbers = DrawnNumbers.read(in);
    TreeMap<String, String> kept = new TreeMap<>();
    for (int left = in.count(64); left > 0; left--) {
      kept.put(in.text(), in.text());
    }
    return new PastResult(date, numbers, kept);
  }
}
