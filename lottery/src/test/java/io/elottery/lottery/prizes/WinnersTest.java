package io.elottery.lottery.prizes;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.rules.Games;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinnersTest {
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4 5, 6, 5+1",
    "1 2 3 4 5, 7, 5+0",
    "1 2 3 4 69, 6, 4+1",
    "1 2 3 4 69, 7, 4+0",
    "1 2 3 68 69, 6, 3+1",
    "1 2 3 68 69, 7, 3+0",
    "1 2 67 68 69, 6, 2+1",
    "1 2 67 68 69, 7, ''",
    "1 66 67 68 69, 6, 1+1",
    "65 66 67 68 69, 6, 0+1",
    "65 66 67 68 69, 1, ''"
  })
  void powerballLine_winsItsTier(String main, int bonus, String tier) {
    Numbers drawn = numbers(Map.of("main", List.of(5, 1, 4, 2, 3), "bonus", List.of(6)));
    Line line = line(Map.of("main", parsed(main), "bonus", List.of(bonus)));

    assertThat(won(Games.powerball().rules(), drawn, line)).isEqualTo(tier);
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3 4 5 6, 6/6",
    "1 2 3 4 5 7, 5/6+",
    "1 2 3 4 5 8, 5/6",
    "1 2 3 4 7 8, 4/6",
    "1 2 3 4 8 9, 4/6",
    "1 2 3 7 8 9, 3/6",
    "1 2 3 8 9 10, 3/6",
    "1 2 7 8 9 10, 2/6+",
    "1 2 8 9 10 11, ''",
    "1 7 8 9 10 11, ''"
  })
  void lottoLine_winsItsTierWithTheSeventhAsBonus(String main, String tier) {
    Numbers drawn = numbers(Map.of("main", List.of(6, 1, 5, 2, 4, 3, 7)));

    assertThat(won(Games.lotto649().rules(), drawn, line(Map.of("main", parsed(main)))))
        .isEqualTo(tier);
  }

  private static String won(Rules rules, Numbers drawn, Line line) {
    Winners winners = new Winners(rules, drawn);
    winners.add(line);
    OptionalInt tier = winners.tierOf(line);
    assertThat(Arrays.stream(winners.counts()).sum()).isEqualTo(tier.isPresent() ? 1 : 0);
    return tier.isPresent() ? rules.tiers().get(tier.getAsInt()).name() : "";
  }

  private static Numbers numbers(Map<String, List<Integer>> drawn) {
    return new Numbers(new TreeMap<>(drawn));
  }

  private static Line line(Map<String, List<Integer>> picks) {
    return new Line(new TreeMap<>(picks));
  }

  private static List<Integer> parsed(String text) {
    return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }
}
