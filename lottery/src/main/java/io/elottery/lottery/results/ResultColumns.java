package io.elottery.lottery.results;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the columns of a file of past results map to a game. Columns are found by their headings, in
 * any order; columns that are not named are ignored.
 *
 * @param delimiter between columns, one character: {@code ,}
 * @param dateColumn the heading of the draw's date
 * @param dateFormat pattern of {@link DateTimeFormatter}: {@code MM/dd/uuuu}
 * @param pools for each pool where its numbers stand, in the order drawn
 * @param keep headings whose text is kept as it is; a file may lack them
 */
public record ResultColumns(
    char delimiter,
    String dateColumn,
    String dateFormat,
    SortedMap<String, Numbered> pools,
    List<String> keep) {
  /**
   * Where the numbers of a pool stand.
   *
   * @param columns headings, one or more; their numbers follow each other
   * @param separator between numbers within one column; empty when each holds one number
   */
  public record Numbered(List<String> columns, String separator) {
    /** Copies. */
    public Numbered {
      columns = List.copyOf(columns);
    }
  }

  /** Copies, and checks the date's pattern. */
  public ResultColumns {
    pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    keep = List.copyOf(keep);
    formatter(dateFormat);
  }

  /** The date's format; strict: 02/30 is no date. */
  DateTimeFormatter dates() {
    return formatter(dateFormat);
  }

  // In strict resolving yyyy needs an era: people write it all the same, and mean uuuu.
  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** As JSON, as in the game's file. */
  public Json.Fields toJson() {
    Json.Fields numbered = Json.fields();
    for (Map.Entry<String, Numbered> pool : pools.entrySet()) {
      Json.Fields json = Json.fields().with("columns", texts(pool.getValue().columns()));
      String separator = pool.getValue().separator();
      numbered =
          numbered.with(
              pool.getKey(), separator.isEmpty() ? json : json.with("separator", separator));
    }
    return Json.fields()
        .with("delimiter", String.valueOf(delimiter))
        .with("date", Json.fields().with("column", dateColumn).with("format", dateFormat))
        .with("pools", numbered)
        .with("keep", texts(keep));
  }

  private static Json.Items texts(List<String> values) {
    return new Json.Items(values.stream().map(value -> (Json) new Json.Text(value)).toList());
  }

  /** Reads {@link #toJson()}; {@code delimiter} may be missing (a comma), {@code keep} too. */
  public static ResultColumns fromJson(Json json) throws JsonRefused {
    FieldReader in = FieldReader.of("results", json);
    String delimiter = in.has("delimiter") ? in.text("delimiter") : ",";
    FieldReader date = FieldReader.of("results.date", in.object("date"));
    FieldReader numbered = FieldReader.of("results.pools", in.object("pools"));
    if (delimiter.length() != 1 || delimiter.equals("\"")) {
      throw new JsonRefused("results.delimiter: expected one character");
    }
    TreeMap<String, Numbered> pools = new TreeMap<>();
    for (String name : numbered.unread()) {
      FieldReader pool = FieldReader.of("results.pools." + name, numbered.object(name));
      List<String> columns = pool.texts("columns");
      if (columns.isEmpty()) {
        throw new JsonRefused("results.pools." + name + ".columns: expected one or more");
      }
      pools.put(name, new Numbered(columns, pool.has("separator") ? pool.text("separator") : ""));
      pool.done();
    }
    List<String> keep = in.has("keep") ? in.texts("keep") : List.of();
    in.done();
    try {
      ResultColumns columns =
          new ResultColumns(
              delimiter.charAt(0), date.text("column"), date.text("format"), pools, keep);
      date.done();
      return columns;
    } catch (IllegalArgumentException notAPattern) {
      throw new JsonRefused("results.date.format: " + notAPattern.getMessage());
    }
  }

  /** Refuses columns that do not name exactly the pools of the game. */
  void checkAgainst(Rules rules) throws JsonRefused {
    TreeSet<String> names = new TreeSet<>();
    rules.pools().stream().map(Pool::name).forEach(names::add);
    if (!names.equals(new TreeSet<>(pools.keySet()))) {
      throw new JsonRefused("results.pools: expected " + names + ", not " + pools.keySet());
    }
  }

  /** The headings a file must have. */
  List<String> required() {
    List<String> required = new ArrayList<>(List.of(dateColumn));
    pools.values().forEach(pool -> required.addAll(pool.columns()));
    return required;
  }
}
