package io.elottery.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What {@code elottery status} promises. */
class StatusTest {
  @Test
  void thePromiseIsThatOfTheShardWithTheFewestCopies() throws Exception {
    assertThat(promise("[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]"))
        .contains("5 copies", "flushed on 3", "with 2 workers lost");
    assertThat(promise("[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[\"a\",\"b\",\"c\"]"))
        .contains("3 copies", "flushed on 2", "with 1 worker lost");
    assertThat(promise("[\"a\"]", "[\"a\"]"))
        .contains("1 copy", "flushed on 1", "with no worker lost");
  }

  @Test
  void withoutShardsNothingIsPromised() throws Exception {
    assertThat(Status.promise(new ObjectMapper().readTree("{}"))).isEmpty();
  }

  private static String promise(String one, String two) throws Exception {
    String shards = "{\"replicas\":" + one + "},{\"replicas\":" + two + "}";
    return Status.promise(new ObjectMapper().readTree("{\"shards\":[" + shards + "]}"));
  }
}
