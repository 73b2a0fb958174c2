package io.elottery.lottery.prizes;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.rules.Games;
import io.elottery.lottery.rules.Rules;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettlementProperties {
  private final Rules powerball = Games.powerball().rules();
  private final Rules lotto = Games.lotto649().rules();

  @Test
  void moneyIsConservedWhateverIsWon() {
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      Rules rules = random.nextBoolean() ? powerball : lotto;
      long[] counts = random.longs(rules.tiers().size(), 0, 1L << random.nextInt(1, 12)).toArray();
      long stakes = rules.price() * random.nextInt(1_000_000);
      long carriedIn = random.nextInt(1_000_000_000);

      Settlement settlement = Settlement.of(rules, counts, stakes, carriedIn);

      long paid = settlement.tiers().stream().mapToLong(t -> t.count() * t.prizeEach()).sum();
      assertThat(stakes + carriedIn)
          .as("seed %d", seed)
          .isEqualTo(paid + settlement.house() + settlement.carriedOut());
      assertThat(settlement.carriedOut()).as("seed %d", seed).isNotNegative();
    }
  }

  @Test
  void jackpotNobodyWon_isCarriedAndThenPaid() {
    Settlement first = Settlement.of(powerball, new long[9], 1000, 0);
    assertThat(first.carriedOut()).isEqualTo(500);
    assertThat(first.house()).isEqualTo(500);

    long[] two = {2, 0, 0, 0, 0, 0, 0, 0, 0};
    Settlement second = Settlement.of(powerball, two, 1000, first.carriedOut());
    assertThat(second.tiers().get(0)).isEqualTo(new TierCount("5+1", 2, 500));
    assertThat(second.carriedOut()).isZero();
  }

  @Test
  void fixedPrizesBeyondTheFund_areTheHousesAndLeaveTheCarryAlone() {
    long[] counts = {0, 0, 0, 1, 0, 0, 0, 0, 0};

    Settlement settlement = Settlement.of(powerball, counts, 1000, 777);

    assertThat(settlement.prizes()).isEqualTo(10_000);
    assertThat(settlement.house()).isEqualTo(-9_000);
    assertThat(settlement.carriedOut()).isEqualTo(777);
  }

  @Test
  void lotto649_dividesWhatTheFixedPrizesLeave() {
    long[] counts = {1, 0, 2, 3, 10, 4};
    // Fund 470.00 of 1,000.00; fixed 10 × 10.00 + 4 × 5.00 = 120.00; 350.00 are divided.
    Settlement settlement = Settlement.of(lotto, counts, 100_000, 0);

    assertThat(settlement.tiers().stream().map(TierCount::prizeEach))
        .isEqualTo(List.of(27_825L, 0L, 875L, 1_108L, 1_000L, 500L));
    assertThat(settlement.house()).isEqualTo(53_000);
    assertThat(settlement.carriedOut()).isEqualTo(2_101);
  }
}
