package io.elottery.lottery.numbers;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of a draw: for each pool those drawn, in the order drawn.
 *
 * <p>Drawn from a seed by HMAC_DRBG and a Fisher-Yates shuffle without bias: the profile's section
 * "Numbers". The same seed, draw and pools always give the same numbers.
 */
public record Numbers(SortedMap<String, List<Integer>> drawn) {
  /** Copies. */
  public Numbers {
    TreeMap<String, List<Integer>> copy = new TreeMap<>();
    drawn.forEach((pool, numbers) -> copy.put(pool, List.copyOf(numbers)));
    drawn = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Draws.
   *
   * @param seed 32 bytes
   * @param draw the draw's name, {@code game:id}
   */
  public static Numbers draw(byte[] seed, String draw, List<Pool> pools) {
    TreeMap<String, List<Integer>> drawn = new TreeMap<>();
    for (Pool pool : pools) {
      drawn.put(pool.name(), draw(seed, draw, pool));
    }
    return new Numbers(drawn);
  }

  private static List<Integer> draw(byte[] seed, String draw, Pool pool) {
    String personalisation = "draw:" + draw + ":" + pool.name();
    HmacDrbg drbg = new HmacDrbg(seed, personalisation.getBytes(StandardCharsets.UTF_8));
    int[] drum = new int[pool.of()];
    for (int i = 0; i < drum.length; i++) {
      drum[i] = pool.first() + i;
    }
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < pool.pick(); i++) {
      int left = pool.of() - i;
      long limit = (1L << 32) / left * left;
      long chance;
      do {
        chance = drbg.nextUnsigned32();
      } while (chance >= limit); // Above the limit the low remainders would come up too often.
      int swap = i + (int) (chance % left);
      drawn.add(drum[swap]);
      drum[swap] = drum[i];
    }
    return drawn;
  }

  /** The numbers drawn from a pool, in the order drawn; empty for an unknown pool. */
  public List<Integer> of(String pool) {
    return drawn.getOrDefault(pool, List.of());
  }

  /** Why these cannot be numbers drawn in this game; empty when they can. */
  public Optional<String> problem(Rules rules) {
    for (Pool pool : rules.pools()) {
      List<Integer> numbers = of(pool.name());
      if (numbers.size() != pool.pick()) {
        return Optional.of(
            pool.name() + ": " + numbers.size() + " numbers, expected " + pool.pick());
      }
      for (int number : numbers) {
        if (number < pool.first() || number > pool.last()) {
          return Optional.of(
              pool.name() + ": " + number + " is not in " + pool.first() + " … " + pool.last());
        }
      }
      if (new HashSet<>(numbers).size() < numbers.size()) {
        return Optional.of(pool.name() + ": a number stands twice in " + numbers);
      }
    }
    return drawn.size() > rules.pools().size()
        ? Optional.of("more pools than the game has: " + drawn.keySet())
        : Optional.empty();
  }

  /** {@code {"bonus":[9],"main":[30,18,52,48,40]}}. */
  public Json.Fields toJson() {
    Json.Fields json = Json.fields();
    for (Map.Entry<String, List<Integer>> pool : drawn.entrySet()) {
      json = json.with(pool.getKey(), Json.wholes(pool.getValue()));
    }
    return json;
  }

  /** Reads {@link #toJson()}. */
  public static Numbers fromJson(String where, Json json) throws JsonRefused {
    FieldReader fields = FieldReader.of(where, json);
    TreeMap<String, List<Integer>> drawn = new TreeMap<>();
    for (String pool : fields.unread()) {
      drawn.put(pool, fields.wholes(pool));
    }
    return new Numbers(drawn);
  }
}
