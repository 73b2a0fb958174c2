package io.elottery.lottery.rules;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prize class: which hits win what.
 *
 * <p>A line belongs to the <em>first</em> tier of its game whose every named count is met exactly;
 * what a tier does not name may be anything. So Lotto 6/49's "3" needs no word about the bonus
 * number, and Powerball's "5" after "5+1" means five without the red ball.
 *
 * @param name unique in its game, for people: {@code 5+1}
 * @param match for pool names and extra names, how many of the line's numbers hit
 */
public record Tier(String name, SortedMap<String, Integer> match, Prize prize) {
  /** Checks and copies. */
  public Tier {
    if (name.isEmpty() || name.length() > 32 || match.isEmpty()) {
      throw new IllegalArgumentException("tier \"" + name + "\": expected a name and a match");
    }
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
  }

  /** Whether the hits meet every count named; a hit not in the map counts as 0. */
  public boolean fits(Map<String, Integer> hits) {
    return match.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(hits.getOrDefault(wanted.getKey(), 0)));
  }
}
