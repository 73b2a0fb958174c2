package io.elottery.lottery.prizes;

import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts, line by line, how many won in each tier of a draw. Not thread-safe; the count of a
 * million lines needs a few numbers of memory.
 */
public final class Winners {
  private final Rules rules;
  private final Map<String, Set<Integer>> winning = new TreeMap<>();
  private final long[] counts;
  private long lines;

  /** For the numbers drawn under these rules. */
  public Winners(Rules rules, Numbers drawn) {
    this.rules = rules;
    this.counts = new long[rules.tiers().size()];
    for (Pool pool : rules.pools()) {
      List<Integer> numbers = drawn.of(pool.name());
      winning.put(pool.name(), new HashSet<>(numbers.subList(0, pool.winning())));
      if (pool.extra() > 0) {
        winning.put(pool.extraName(), new HashSet<>(numbers.subList(pool.winning(), pool.pick())));
      }
    }
  }

  /** The index of the tier the line belongs to; empty when it wins nothing. Counts nothing. */
  public OptionalInt tierOf(Line line) {
    Map<String, Integer> hits = new TreeMap<>();
    for (Pool pool : rules.pools()) {
      hits.put(pool.name(), hits(pool.name(), line.of(pool.name())));
      if (pool.extra() > 0) {
        hits.put(pool.extraName(), hits(pool.extraName(), line.of(pool.name())));
      }
    }
    return tierOf(rules, hits);
  }

  /** The index of the first tier that fits the hits; empty when none does. */
  public static OptionalInt tierOf(Rules rules, Map<String, Integer> hits) {
    for (int tier = 0; tier < rules.tiers().size(); tier++) {
      if (rules.tiers().get(tier).fits(hits)) {
        return OptionalInt.of(tier);
      }
    }
    return OptionalInt.empty();
  }

  /** Counts one line. */
  public void add(Line line) {
    lines++;
    tierOf(line).ifPresent(tier -> counts[tier]++);
  }

  /** Winning lines of each tier, in the order of the rules. */
  public long[] counts() {
    return counts.clone();
  }

  /** All lines counted, winning or not. */
  public long lines() {
    return lines;
  }

  private int hits(String name, List<Integer> picked) {
    Set<Integer> among = winning.getOrDefault(name, Set.of());
    return (int) picked.stream().filter(among::contains).count();
  }
}
