package io.elottery.lottery.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.results.GameFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private final Rules powerball = Games.powerball().rules();
  private final Rules lotto = Games.lotto649().rules();

  @Test
  void shippedGames_areReadAsWritten() throws Exception {
    for (GameFile game : List.of(Games.powerball(), Games.lotto649())) {
      assertThat(Rules.fromJson(game.rules().toJson())).isEqualTo(game.rules());
      assertThat(GameFile.parse(game.toBytes())).isEqualTo(game);
    }
  }

  // The rules are hashed into every draw: their bytes are a published format.
  @Test
  void rulesAsHashed_areTheseBytes() {
    assertThat(CanonicalJson.text(lotto.toJson()))
        .isEqualTo(
            "{\"carry\":\"6/6\",\"currency\":\"CAD\",\"extras\":{\"bonus\":{\"last\":1,\"pool\":\"main\"}},"
                + "\"fundPermille\":470,\"name\":\"lotto649\",\"play\":{\"main\":6},"
                + "\"pools\":[{\"name\":\"main\",\"of\":49,\"pick\":7}],\"price\":300,\"tiers\":["
                + "{\"match\":{\"main\":6},\"name\":\"6/6\",\"sharePermille\":795},"
                + "{\"match\":{\"bonus\":1,\"main\":5},\"name\":\"5/6+\",\"sharePermille\":60},"
                + "{\"match\":{\"main\":5},\"name\":\"5/6\",\"sharePermille\":50},"
                + "{\"match\":{\"main\":4},\"name\":\"4/6\",\"sharePermille\":95},"
                + "{\"match\":{\"main\":3},\"name\":\"3/6\",\"prize\":1000},"
                + "{\"match\":{\"bonus\":1,\"main\":2},\"name\":\"2/6+\",\"prize\":500}],"
                + "\"title\":\"Lotto 6/49\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3 4 5, 7, ''",
    "5 4 3 2 1, 26, ''",
    "1 2 3 4, 7, main",
    "1 2 3 4 5 6, 7, main",
    "1 2 3 4 70, 7, main",
    "0 2 3 4 5, 7, main",
    "1 2 3 4 4, 7, main",
    "1 2 3 4 5, 27, bonus",
    "1 2 3 4 5, 7 8, bonus"
  })
  void line_isAllowedOrTheFieldAtFaultIsNamed(String main, String bonus, String field) {
    Line line = line(Map.of("main", numbers(main), "bonus", numbers(bonus)));

    assertThat(powerball.problem(line).map(LineProblem::field).orElse("")).isEqualTo(field);
  }

  @Test
  void missingAndUnknownPools_areNamed() {
    assertThat(powerball.problem(line(Map.of("main", numbers("1 2 3 4 5")))))
        .map(LineProblem::field)
        .contains("bonus");
    assertThat(lotto.problem(line(Map.of("main", numbers("1 2 3 4 5 6"))))).isEmpty();
    assertThat(lotto.problem(line(Map.of("main", numbers("1 2 3 4 5 6"), "bonus", numbers("7")))))
        .map(LineProblem::field)
        .contains("bonus");
  }

  @Test
  void sourceThatIsNoGame_isRefusedSayingWhere() {
    String good = Games.text("games/powerball.yaml");
    Map<String, String> broken =
        Map.of(
            good.replace("price: 200", "price: 2.00"),
            "game file.rules.price",
            good.replace("price: 200", "price: 200\n  colour: red"),
            "colour",
            good.replace("price: 200", "price: 200\n  price: 300"),
            "price",
            good.replace("of: 69", "of: 4"),
            "pool",
            good.replace("bonus: 1}, sharePermille", "red: 1}, sharePermille"),
            "red",
            good.replace("sharePermille: 1000", "sharePermille: 900"),
            "900",
            good.replace("carry: 5+1", "carry: 5+0"),
            "carry",
            good.replace("columns: [red_ball]", "columns: []"),
            "results.pools.bonus",
            good.replace("MM/dd/yyyy", "MM/dd/bbbb"),
            "results.date.format",
            "- 1",
            "game file");

    broken.forEach(
        (yaml, said) ->
            assertThatThrownBy(() -> GameFile.fromYaml(yaml))
                .isInstanceOf(RulesRefused.class)
                .hasMessageContaining(said));
  }

  @Test
  void defaultWrittenOut_isRefusedWhereItWouldChangeTheHash() throws Exception {
    Json.Fields json = powerball.toJson().with("play", Json.fields().with("main", 5));

    assertThat(Rules.fromSource(json)).isEqualTo(powerball);
    assertThatThrownBy(() -> Rules.fromJson(json)).isInstanceOf(JsonRefused.class);
  }

  static Line line(Map<String, List<Integer>> picks) {
    return new Line(new TreeMap<>(picks));
  }

  static List<Integer> numbers(String text) {
    return java.util.Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }
}
