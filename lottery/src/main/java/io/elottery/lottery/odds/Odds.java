package io.elottery.lottery.odds;

import io.elottery.lottery.prizes.Winners;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The exact odds of one line in every tier of a game, by counting all combinations.
 *
 * @param tiers in the order of the rules
 * @param overall of winning anything
 */
public record Odds(List<Chance> tiers, Chance overall) {
  /** Copies. */
  public Odds {
    tiers = List.copyOf(tiers);
  }

  /** Counts the game's combinations. */
  public static Odds of(Rules rules) {
    BigInteger[] favourable = new BigInteger[rules.tiers().size()];
    Arrays.fill(favourable, BigInteger.ZERO);
    count(rules, 0, new TreeMap<>(), BigInteger.ONE, favourable);
    BigInteger total = BigInteger.ONE;
    for (Pool pool : rules.pools()) {
      total = total.multiply(choose(pool.of(), pool.play()));
    }
    List<Chance> tiers = new ArrayList<>();
    BigInteger any = BigInteger.ZERO;
    for (int i = 0; i < favourable.length; i++) {
      tiers.add(new Chance(rules.tiers().get(i).name(), favourable[i], total));
      any = any.add(favourable[i]);
    }
    return new Odds(tiers, new Chance("overall", any, total));
  }

  // Walks every way to hit: for each pool so many winning and so many extra numbers.
  private static void count(
      Rules rules, int at, Map<String, Integer> hits, BigInteger ways, BigInteger[] favourable) {
    if (at == rules.pools().size()) {
      OptionalInt tier = Winners.tierOf(rules, hits);
      tier.ifPresent(index -> favourable[index] = favourable[index].add(ways));
      return;
    }
    Pool pool = rules.pools().get(at);
    int most = Math.min(pool.play(), pool.winning());
    for (int main = 0; main <= most; main++) {
      for (int extra = 0; extra <= Math.min(pool.extra(), pool.play() - main); extra++) {
        BigInteger these =
            choose(pool.winning(), main)
                .multiply(choose(pool.extra(), extra))
                .multiply(choose(pool.of() - pool.pick(), pool.play() - main - extra));
        if (these.signum() > 0) {
          hits.put(pool.name(), main);
          if (pool.extra() > 0) {
            hits.put(pool.extraName(), extra);
          }
          count(rules, at + 1, hits, ways.multiply(these), favourable);
        }
      }
    }
  }

  /** Ways to choose k of n; 0 when there are none. */
  static BigInteger choose(int n, int k) {
    if (k < 0 || k > n) {
      return BigInteger.ZERO;
    }
    BigInteger ways = BigInteger.ONE;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      ways = ways.multiply(BigInteger.valueOf(n - i + 1L)).divide(BigInteger.valueOf(i));
    }
    return ways;
  }
}
