package io.elottery.lottery.rules;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A game as data: all that its draws need, and nothing else, so that its hash fixes the draw.
 *
 * <p>Money: of a draw's stakes {@code fundPermille} go to the prize fund, the rest to the house.
 * How prizes come out of that is told at {@code io.elottery.lottery.prizes.Settlement}.
 *
 * @param name {@code [a-z][a-z0-9-]{0,31}}: {@code powerball}
 * @param title for people: {@code Powerball}
 * @param price of one line, minor units, positive
 * @param currency ISO 4217: {@code USD}
 * @param fundPermille 0 … 1000
 * @param pools in the order drawn, 1 … 16
 * @param tiers best first, 1 … 64
 * @param carry the name of the shared tier that gets, in the next draw, what nobody won; empty:
 *     what nobody won goes to the house
 */
public record Rules(
    String name,
    String title,
    long price,
    String currency,
    int fundPermille,
    List<Pool> pools,
    List<Tier> tiers,
    String carry) {
  private static final long PRICE_MAX = 100_000_000;

  /** Checks and copies. */
  public Rules {
    pools = List.copyOf(pools);
    tiers = List.copyOf(tiers);
    require(name.matches("[a-z][a-z0-9-]{0,31}"), "name: expected a-z first, then a-z 0-9 -");
    require(!title.isEmpty() && title.length() <= 64, "title: expected 1 … 64 characters");
    require(price > 0 && price <= PRICE_MAX, "price: expected 1 … " + PRICE_MAX + " minor units");
    require(currency.matches("[A-Z]{3}"), "currency: expected three capitals");
    require(fundPermille >= 0 && fundPermille <= 1000, "fundPermille: expected 0 … 1000");
    require(!pools.isEmpty() && pools.size() <= 16, "pools: expected 1 … 16");
    require(!tiers.isEmpty() && tiers.size() <= 64, "tiers: expected 1 … 64");
    checkTiers(tiers, counted(pools), carry);
  }

  private static Set<String> counted(List<Pool> pools) {
    Set<String> counted = new HashSet<>();
    for (Pool pool : pools) {
      require(counted.add(pool.name()), "pools: \"" + pool.name() + "\" stands twice");
      require(
          pool.extra() == 0 || counted.add(pool.extraName()),
          "pools: \"" + pool.extraName() + "\" stands twice");
    }
    return counted;
  }

  private static void checkTiers(List<Tier> tiers, Set<String> counted, String carry) {
    Set<String> names = new HashSet<>();
    int shared = 0;
    boolean carried = carry.isEmpty();
    for (Tier tier : tiers) {
      require(names.add(tier.name()), "tiers: \"" + tier.name() + "\" stands twice");
      for (String wanted : tier.match().keySet()) {
        require(counted.contains(wanted), "tier " + tier.name() + ": nothing is called " + wanted);
      }
      if (tier.prize() instanceof Prize.Share share) {
        shared += share.permille();
        carried |= tier.name().equals(carry);
      }
    }
    require(shared == 0 || shared == 1000, "tiers: shares add up to " + shared + ", not 1000");
    require(carried, "carry: expected the name of a tier with a share, not \"" + carry + "\"");
  }

  private static void require(boolean claim, String message) {
    if (!claim) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Why this game does not allow the line; empty when it does. */
  public Optional<LineProblem> problem(Line line) {
    int known = 0;
    for (Pool pool : pools) {
      known += line.picks().containsKey(pool.name()) ? 1 : 0;
      List<Integer> numbers = line.of(pool.name());
      if (numbers.size() != pool.play()) {
        return problem(pool, "pick " + pool.play() + " numbers, not " + numbers.size());
      }
      for (int number : numbers) {
        if (number < pool.first() || number > pool.last()) {
          return problem(pool, number + " is not in " + pool.first() + " … " + pool.last());
        }
      }
      if (holdsTwice(numbers)) {
        return problem(pool, "each number may be picked once: " + numbers);
      }
    }
    return known == line.picks().size() ? Optional.empty() : unknownPool(line);
  }

  // They are ascending.
  private static boolean holdsTwice(List<Integer> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i).equals(numbers.get(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private Optional<LineProblem> unknownPool(Line line) {
    Set<String> unknown = new TreeSet<>(line.picks().keySet());
    pools.forEach(pool -> unknown.remove(pool.name()));
    return unknown.stream().findFirst().map(name -> new LineProblem(name, "no such pool"));
  }

  private static Optional<LineProblem> problem(Pool pool, String detail) {
    return Optional.of(new LineProblem(pool.name(), detail));
  }

  /** The rules as hashed and as they stand in a bundle. */
  public Json.Fields toJson() {
    return RulesJson.write(this);
  }

  /** SHA-256 of {@link #toJson()} in canonical form, 32 bytes. */
  public byte[] hash() {
    return Sha256.of(CanonicalJson.write(toJson()));
  }

  /** Reads {@link #toJson()}: exactly the known keys, and none that has its default value. */
  public static Rules fromJson(Json json) throws JsonRefused {
    return RulesJson.read(json);
  }

  /** Reads what an operator wrote: as {@link #fromJson}, but default values may be written out. */
  public static Rules fromSource(Json json) throws JsonRefused {
    return RulesJson.readSource(json);
  }
}
