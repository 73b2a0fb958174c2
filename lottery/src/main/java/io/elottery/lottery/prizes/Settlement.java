package io.elottery.lottery.prizes;

import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * Who gets what of a draw's money. Always {@code stakes + carriedIn = prizes + house + carriedOut}.
 *
 * <ol>
 *   <li>The fund is {@code stakes × fundPermille / 1000}, rounded down.
 *   <li>Fixed prizes are promises and paid in full: out of the fund, and what the fund lacks out of
 *       the house. So {@code house} is negative when a draw won more than it took. What was carried
 *       in is never used for them.
 *   <li>What they leave of the fund is divided among the shared tiers by their permille, rounded
 *       down; the carry tier also gets what was carried in. A tier's amount is divided equally
 *       among its lines, rounded down.
 *   <li>What is left (tiers nobody won, roundings) is carried to the next draw of the game; without
 *       a carry tier it goes to the house.
 * </ol>
 *
 * @param tiers one row for each tier, in the order of the rules
 * @param stakes paid for all tickets of the draw, minor units
 * @param carriedIn from the draw before
 * @param prizes paid to all winning lines
 * @param house to the house; may be negative
 * @param carriedOut to the next draw
 */
public record Settlement(
    List<TierCount> tiers, long stakes, long carriedIn, long prizes, long house, long carriedOut) {
  /** Checks that no money appears or is lost. */
  public Settlement {
    tiers = List.copyOf(tiers);
    long paid = 0;
    for (TierCount tier : tiers) {
      paid = Math.addExact(paid, Math.multiplyExact(tier.count(), tier.prizeEach()));
    }
    if (paid != prizes || stakes + carriedIn != prizes + house + carriedOut || carriedOut < 0) {
      throw new IllegalArgumentException(
          "settlement does not add up: stakes %d + carried in %d, prizes %d, house %d, out %d"
              .formatted(stakes, carriedIn, prizes, house, carriedOut));
    }
  }

  /**
   * Divides the money.
   *
   * @param counts winning lines of each tier, in the order of the rules
   * @param stakes 0 or more
   * @param carriedIn 0 or more
   */
  public static Settlement of(Rules rules, long[] counts, long stakes, long carriedIn) {
    if (counts.length != rules.tiers().size() || stakes < 0 || carriedIn < 0) {
      throw new IllegalArgumentException(
          "settlement: expected a count for each tier, money from 0");
    }
    long fund = Math.multiplyExact(stakes, (long) rules.fundPermille()) / 1000;
    long fixed = 0;
    for (int i = 0; i < counts.length; i++) {
      if (rules.tiers().get(i).prize() instanceof Prize.Fixed prize) {
        fixed = Math.addExact(fixed, Math.multiplyExact(counts[i], prize.minorUnits()));
      }
    }
    long shared = Math.max(0, fund - fixed);
    List<TierCount> tiers = new ArrayList<>();
    long prizes = 0;
    for (int i = 0; i < counts.length; i++) {
      Tier tier = rules.tiers().get(i);
      long carried = tier.name().equals(rules.carry()) ? carriedIn : 0;
      long each = prizeEach(tier, counts[i], shared, carried);
      tiers.add(new TierCount(tier.name(), counts[i], each));
      prizes = Math.addExact(prizes, Math.multiplyExact(counts[i], each));
    }
    long unwon = shared + carriedIn - (prizes - fixed);
    long carriedOut = rules.carry().isEmpty() ? 0 : unwon;
    return new Settlement(
        tiers, stakes, carriedIn, prizes, stakes + carriedIn - prizes - carriedOut, carriedOut);
  }

  private static long prizeEach(Tier tier, long count, long shared, long carried) {
    return tier.prize()
        .match(
            new Prize.Cases<>() {
              @Override
              public Long fixed(long minorUnits) {
                return minorUnits;
              }

              @Override
              public Long share(int permille) {
                long amount = Math.multiplyExact(shared, (long) permille) / 1000 + carried;
                return count == 0 ? 0 : amount / count;
              }
            });
  }

  /** The row of the tier at this index in the rules. */
  public TierCount tier(int index) {
    return tiers.get(index);
  }
}
