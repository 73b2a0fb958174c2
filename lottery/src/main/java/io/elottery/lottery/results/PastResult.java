package io.elottery.lottery.results;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.numbers.Numbers;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One drawing of the past, as imported. A public fact, not a draw of ours.
 *
 * @param date the day of the drawing, where it was drawn
 * @param kept columns kept as they were, by heading
 */
public record PastResult(LocalDate date, Numbers numbers, SortedMap<String, String> kept) {
  /** Copies. */
  public PastResult {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  /** {@code {"date":"2015-10-07","kept":{"power_play":"3X"},"numbers":{"bonus":[9],…}}}. */
  public Json.Fields toJson() {
    Json.Fields columns = Json.fields();
    for (Map.Entry<String, String> column : kept.entrySet()) {
      columns = columns.with(column.getKey(), column.getValue());
    }
    return Json.fields()
        .with("date", date.toString())
        .with("numbers", numbers.toJson())
        .with("kept", columns);
  }

  /** Reads {@link #toJson()}. */
  public static PastResult fromJson(String where, Json json) throws JsonRefused {
    FieldReader in = FieldReader.of(where, json);
    FieldReader columns = FieldReader.of(where + ".kept", in.object("kept"));
    TreeMap<String, String> kept = new TreeMap<>();
    for (String heading : columns.unread()) {
      kept.put(heading, columns.text(heading));
    }
    Numbers numbers = Numbers.fromJson(where + ".numbers", in.object("numbers"));
    String date = in.text("date");
    in.done();
    try {
      return new PastResult(LocalDate.parse(date), numbers, kept);
    } catch (DateTimeParseException notADate) {
      throw new JsonRefused(where + ".date: expected a date like 2015-10-07");
    }
  }
}
