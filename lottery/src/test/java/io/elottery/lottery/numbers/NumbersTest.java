package io.elottery.lottery.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.rules.Games;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void whateverTheSeed_theNumbersFitTheGame() {
    for (Rules rules : List.of(Games.powerball().rules(), Games.lotto649().rules())) {
      for (int i = 0; i < 300; i++) {
        byte[] seed = Sha256.of(new byte[] {(byte) i, (byte) (i >> 8)});
        assertThat(Numbers.draw(seed, rules.name() + ":A", rules.pools()).problem(rules))
            .as("seed %d", i)
            .isEmpty();
      }
    }
  }

  @Test
  void poolFromZero_showsItsSmallestNumber() {
    Pool digit = new Pool("d1", 10, 10, 0, 1, 0, "");

    assertThat(Numbers.draw(new byte[32], "pick3:A", List.of(digit)).of("d1"))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  // Chi-square over 3,000 drawn bonus balls: 25 degrees of freedom, 60 is beyond one in 10,000.
  @Test
  void everyNumberComesUpAboutAsOften() {
    int[] seen = new int[26];
    Pool bonus = Pool.of("bonus", 1, 26);
    for (int i = 0; i < 3000; i++) {
      byte[] seed = Sha256.of(new byte[] {1, (byte) i, (byte) (i >> 8)});
      seen[Numbers.draw(seed, "powerball:A", List.of(bonus)).of("bonus").get(0) - 1]++;
    }

    double expected = 3000 / 26.0;
    double chiSquare = 0;
    for (int count : seen) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(60);
  }
}
