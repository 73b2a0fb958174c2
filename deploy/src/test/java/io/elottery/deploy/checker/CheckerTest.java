package io.elottery.deploy.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.lottery.checker.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money between branches, as the checker judges it. */
final class CheckerTest {
  private final List<Finding> found = new ArrayList<>();

  @Test
  void whatIsOnItsWayIsNoLossAndWhatNeverCameIsOne(@TempDir Path directory) throws Exception {
    Checker.Config config =
        new Checker.Config(
            "http://127.0.0.1:1", List.of("TOR", "MTL"), 1, 0, directory.resolve("j"));
    try (Checker checker = new Checker(config, found::add)) {
      assertThat(checker.conserved(accounts(200, 0))).isEqualTo(Map.of("CAD", 200L));
      assertThat(checker.conserved(accounts(200, -200))).isEqualTo(Map.of("CAD", 0L));
      checker.neverCame(new TreeMap<>(Map.of("CAD", 0L)));
      assertThat(checker.isClean()).isTrue();

      checker.neverCame(new TreeMap<>(Map.of("CAD", 200L, "EUR", 0L)));

      assertThat(checker.isClean()).isFalse();
    }
    assertThat(found)
        .containsExactly(
            new Finding(
                Finding.Kind.MONEY, "between branches, CAD: 200 was issued and 0 is there"));
  }

  private static JsonNode accounts(long toronto, long montreal) throws Exception {
    return new ObjectMapper()
        .readTree(
            "{\"branches\":[" + branch("TOR", toronto) + "," + branch("MTL", montreal) + "]}");
  }

  private static String branch(String name, long abroad) {
    return "{\"branch\":\"%s\",\"balances\":[{\"currency\":\"CAD\",\"issued\":1000,".formatted(name)
        + "\"balances\":%d,\"stakes\":0,\"house\":0,\"carried\":0,\"abroad\":%d}]}"
            .formatted(1000 - abroad, abroad);
  }
}
