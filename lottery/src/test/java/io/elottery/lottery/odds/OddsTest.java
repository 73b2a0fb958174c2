package io.elottery.lottery.odds;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.rules.Games;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class OddsTest {
  // As published by the Multi-State Lottery Association.
  @Test
  void powerball_hasThePublishedOdds() {
    Odds odds = Odds.of(Games.powerball().rules());

    assertThat(odds.tiers().stream().map(Chance::text))
        .containsExactly(
            "1 in 292,201,338.00",
            "1 in 11,688,053.52",
            "1 in 913,129.18",
            "1 in 36,525.17",
            "1 in 14,494.11",
            "1 in 579.76",
            "1 in 701.33",
            "1 in 91.98",
            "1 in 38.32");
    assertThat(odds.overall().text()).isEqualTo("1 in 24.87");
  }

  // As published by the Interprovincial Lottery Corporation, rounded there to whole numbers.
  @Test
  void lotto649_countsEveryCombinationOnce() {
    Odds odds = Odds.of(Games.lotto649().rules());

    assertThat(odds.tiers().stream().map(chance -> chance.favourable().intValue()))
        .containsExactly(1, 6, 252, 13_545, 246_820, 172_200);
    assertThat(odds.overall().total()).isEqualTo(BigInteger.valueOf(13_983_816));
  }
}
