package io.elottery.lottery.results;

import io.elottery.lottery.numbers.Numbers;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a file of past results by its game's columns: all of it or nothing.
 *
 * <p>The first line has the headings. Fields may be quoted as in RFC 4180, but not span lines; a
 * byte order mark, Windows line ends and empty lines are taken as they come.
 */
public final class ResultsImport {
  /** Bad lines named at most; more are only counted. */
  public static final int NAMED_MAX = 20;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

  private final GameFile game;
  private final ResultColumns columns;
  private final Map<String, Integer> headings = new TreeMap<>();
  private final Map<LocalDate, Integer> dates = new TreeMap<>();
  private final List<PastResult> results = new ArrayList<>();
  private final List<Imported.BadLine> bad = new ArrayList<>();
  private int badLines;

  private ResultsImport(GameFile game) {
    this.game = game;
    this.columns = game.columns();
  }

  /** Reads the whole text of a file. */
  public static Imported read(GameFile game, String text) {
    return new ResultsImport(game).read(text);
  }

  private Imported read(String text) {
    String[] lines = (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r?\n", -1);
    try {
      headings(fields(lines[0]));
      for (int i = 1; i < lines.length; i++) {
        if (!lines[i].isBlank()) {
          line(i + 1, lines[i]);
        }
      }
      if (badLines == 0 && results.isEmpty()) {
        throw new LineRefused("there are no results in this file");
      }
    } catch (LineRefused refused) {
      bad(1, refused.detail());
    }
    return badLines == 0 ? new Imported.Results(results) : new Imported.Refused(bad, badLines);
  }

  private void headings(List<String> found) throws LineRefused {
    for (String required : columns.required()) {
      if (!found.contains(required)) {
        throw new LineRefused("no column \"" + required + "\" among the headings " + found);
      }
    }
    for (int i = 0; i < found.size(); i++) {
      if (headings.put(found.get(i), i) != null) {
        throw new LineRefused("heading \"" + found.get(i) + "\" stands twice");
      }
    }
  }

  private void line(int number, String line) {
    try {
      List<String> fields = fields(line);
      if (fields.size() != headings.size()) {
        throw new LineRefused(fields.size() + " columns, expected " + headings.size());
      }
      PastResult result = result(fields);
      Integer before = dates.putIfAbsent(result.date(), number);
      if (before != null) {
        throw new LineRefused(result.date() + " stands already in line " + before);
      }
      results.add(result);
    } catch (LineRefused refused) {
      bad(number, refused.detail());
    }
  }

  private PastResult result(List<String> fields) throws LineRefused {
    TreeMap<String, List<Integer>> drawn = new TreeMap<>();
    for (Map.Entry<String, ResultColumns.Numbered> pool : columns.pools().entrySet()) {
      List<Integer> numbers = new ArrayList<>();
      for (String column : pool.getValue().columns()) {
        numbers.addAll(numbers(column, field(fields, column), pool.getValue().separator()));
      }
      drawn.put(pool.getKey(), numbers);
    }
    Numbers numbers = new Numbers(drawn);
    Optional<String> problem = numbers.problem(game.rules());
    if (problem.isPresent()) {
      throw new LineRefused(problem.get());
    }
    TreeMap<String, String> kept = new TreeMap<>();
    for (String column : columns.keep()) {
      if (headings.containsKey(column)) {
        kept.put(column, field(fields, column));
      }
    }
    return new PastResult(date(field(fields, columns.dateColumn())), numbers, kept);
  }

  private LocalDate date(String text) throws LineRefused {
    try {
      return LocalDate.parse(text, columns.dates());
    } catch (DateTimeException notADate) {
      throw new LineRefused("date \"" + text + "\": expected " + columns.dateFormat());
    }
  }

  private static List<Integer> numbers(String column, String text, String separator)
      throws LineRefused {
    String[] parts =
        separator.isEmpty() ? new String[] {text} : text.split(Pattern.quote(separator), -1);
    List<Integer> numbers = new ArrayList<>();
    for (String part : parts) {
      String digits = part.strip();
      if (!NUMBER.matcher(digits).matches()) {
        throw new LineRefused(column + " \"" + text + "\": expected numbers");
      }
      numbers.add(Integer.parseInt(digits));
    }
    return numbers;
  }

  private List<String> fields(String line) throws LineRefused {
    return CsvLine.split(line, columns.delimiter())
        .orElseThrow(() -> new LineRefused("a quote is not closed"));
  }

  private String field(List<String> fields, String heading) {
    Integer at = headings.get(heading);
    return at == null ? "" : fields.get(at);
  }

  private void bad(int number, String detail) {
    badLines++;
    if (bad.size() < NAMED_MAX) {
      bad.add(new Imported.BadLine(number, detail));
    }
  }
}
