package io.elottery.lottery.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.rules.Games;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsImportTest {
  private static final String HEADINGS = "date,white_balls,red_ball,power_play\n";
  private static final String GOOD = "10/07/2015,18|30|40|48|52,9,3X\n";

  private final GameFile powerball = Games.powerball();

  @Test
  void allRealResults_areRead() throws Exception {
    List<PastResult> results = results(powerball, Games.text("data/powerball-results.csv"));

    assertThat(results).hasSize(1390);
    PastResult first = results.get(0);
    assertThat(first.date()).isEqualTo(LocalDate.of(2015, 10, 7));
    assertThat(first.numbers().of("main")).containsExactly(18, 30, 40, 48, 52);
    assertThat(first.numbers().of("bonus")).containsExactly(9);
    assertThat(first.kept()).isEqualTo(Map.of("power_play", "3X"));
    assertThat(PastResult.fromJson("r", first.toJson())).isEqualTo(first);
  }

  @Test
  void anotherLotterysFile_isReadByItsOwnHeadings() {
    String text =
        "\ufeffbonus,date,n1,n2,n3,n4,n5,n6,note\r\n7,2026-11-21,1,2,3,4,5,\"6\",\"a, b\"\r\n\r\n";

    List<PastResult> results = results(Games.lotto649(), text);

    assertThat(results).hasSize(1);
    assertThat(results.get(0).numbers().of("main")).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void columnToBeKeptThatIsNotThere_isNotMissed() {
    List<PastResult> results =
        results(powerball, "date,white_balls,red_ball\n10/07/2015,18|30|40|48|52,9\n");

    assertThat(results.get(0).kept()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "10/10/2015,12|27|29|43|70,1,2X; main: 70",
        "10/10/2015,12|27|29|43,1,2X; main: 4 numbers",
        "10/10/2015,12|27|29|43|43,1,2X; twice",
        "10/10/2015,12|27|29|43|x,1,2X; white_balls",
        "10/10/2015,12|27|29|43|68,,2X; red_ball",
        "10/10/2015,12|27|29|43|68,27,2X; bonus: 27",
        "02/30/2015,12|27|29|43|68,1,2X; date",
        "2015-10-10,12|27|29|43|68,1,2X; date",
        "10/07/2015,12|27|29|43|68,1,2X; already in line 2",
        "10/10/2015,12|27|29|43|68,1; 3 columns",
        "10/10/2015,\"12|27|29|43|68,1,2X; quote"
      })
  void badLine_isNamedAndNothingIsImported(String line, String said) {
    Imported.Refused refused = refused(HEADINGS + GOOD + line + "\n");

    assertThat(refused.badLines()).isEqualTo(1);
    assertThat(refused.named().get(0).number()).isEqualTo(3);
    assertThat(refused.named().get(0).detail()).contains(said);
  }

  @Test
  void missingColumnAndEmptyFile_areTheFirstLinesFault() {
    assertThat(refused("date,white_balls\n").named().get(0).toString())
        .startsWith("line 1: no column \"red_ball\"");
    assertThat(refused("").named().get(0).number()).isEqualTo(1);
    assertThat(refused(HEADINGS).named().get(0).detail()).contains("no results");
  }

  @Test
  void manyBadLines_areCountedAndTheFirstAreNamed() {
    Imported.Refused refused = refused(HEADINGS + "x,y,z,u\n".repeat(50));

    assertThat(refused.badLines()).isEqualTo(50);
    assertThat(refused.named()).hasSize(ResultsImport.NAMED_MAX);
  }

  private Imported.Refused refused(String text) {
    return (Imported.Refused) ResultsImport.read(powerball, text);
  }

  private static List<PastResult> results(GameFile game, String text) {
    return ResultsImport.read(game, text)
        .match(
            new Imported.Cases<>() {
              @Override
              public List<PastResult> results(List<PastResult> results) {
                return results;
              }

              @Override
              public List<PastResult> refused(List<Imported.BadLine> named, int badLines) {
                throw new AssertionError(
                    named.stream().map(Object::toString).collect(Collectors.joining("\n")));
              }
            });
  }
}
