package io.elottery.lottery.rules;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One played combination: for each pool the numbers picked, ascending. Whether a game allows it is
 * said by {@link Rules#problem}.
 */
public record Line(SortedMap<String, List<Integer>> picks) {
  /** Copies and sorts. */
  public Line {
    TreeMap<String, List<Integer>> sorted = new TreeMap<>();
    for (Map.Entry<String, List<Integer>> pick : picks.entrySet()) {
      sorted.put(pick.getKey(), ascending(pick.getValue()));
    }
    picks = Collections.unmodifiableSortedMap(sorted);
  }

  // Every sale makes several lines, nearly always of numbers that stand in order.
  private static List<Integer> ascending(List<Integer> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i - 1) > numbers.get(i)) {
        return numbers.stream().sorted().toList();
      }
    }
    return List.copyOf(numbers);
  }

  /** The numbers picked from a pool; empty when the line does not name it. */
  public List<Integer> of(String pool) {
    return picks.getOrDefault(pool, List.of());
  }

  /** {@code {"bonus":[9],"main":[18,30,40,48,52]}}. */
  public Json.Fields toJson() {
    Json.Fields json = Json.fields();
    for (Map.Entry<String, List<Integer>> pick : picks.entrySet()) {
      json = json.with(pick.getKey(), Json.wholes(pick.getValue()));
    }
    return json;
  }

  /**
   * Reads {@link #toJson()}; the numbers may stand in any order.
   *
   * @param where how messages name the line
   */
  public static Line fromJson(String where, Json json) throws JsonRefused {
    FieldReader fields = FieldReader.of(where, json);
    TreeMap<String, List<Integer>> picks = new TreeMap<>();
    for (String pool : fields.unread()) {
      picks.put(pool, fields.wholes(pool));
    }
    return new Line(picks);
  }
}
