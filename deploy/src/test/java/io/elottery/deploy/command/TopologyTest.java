package io.elottery.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final String HALF =
      "{\"hemispheres\":{\"LEFT\":{\"leader\":\"main-1\",\"substitutes\":[\"main-3\"]}},"
          + "\"shards\":[{\"id\":0,\"writer\":\"worker-1\",\"replicas\":[]}],\"workers\":[";

  @Test
  void workersStandInTheirZones() throws Exception {
    String text =
        text(
            worker(1, ",\"datacentre\":\"east\",\"zone\":\"a\"")
                + ","
                + worker(2, ",\"datacentre\":\"east\",\"zone\":\"b\""));

    assertThat(text)
        .isEqualTo(
            """
            LEFT  leader main-1, substitutes main-3
            ├─ east/a
            │  └─ worker-1  UP  neighbours worker-9  writes shard 0
            └─ east/b
               └─ worker-2  UP  neighbours worker-9
            """);
  }

  @Test
  void whereNobodySaidWhereTheyStandThereAreNoZones() throws Exception {
    assertThat(text(worker(1, "")))
        .isEqualTo(
            """
            LEFT  leader main-1, substitutes main-3
            └─ worker-1  UP  neighbours worker-9  writes shard 0
            """);
  }

  @Test
  void severalDataCentresAreSeenAtAGlance() throws Exception {
    String down = worker(3, ",\"datacentre\":\"west\",\"zone\":\"a\"").replace("UP", "DOWN");
    String text =
        text(
            worker(1, ",\"datacentre\":\"east\",\"zone\":\"a\"")
                + ","
                + worker(2, ",\"datacentre\":\"east\",\"zone\":\"b\"")
                + ","
                + down);

    assertThat(text)
        .isEqualTo(
            """
            east  2 of 2 UP: a 1 of 1 UP, b 1 of 1 UP  writes shard 0
            west  0 of 1 UP  writes nothing

            LEFT  leader main-1, substitutes main-3
            ├─ east/a
            │  └─ worker-1  UP  neighbours worker-9  writes shard 0
            ├─ east/b
            │  └─ worker-2  UP  neighbours worker-9
            └─ west/a  0 of 1 UP
               └─ worker-3  DOWN  neighbours worker-9
            """);
  }

  private static String text(String workers) throws Exception {
    return Topology.text(new ObjectMapper().readTree(HALF + workers + "]}"));
  }

  private static String worker(int number, String more) {
    return "{\"id\":\"worker-"
        + number
        + "\",\"hemisphere\":\"LEFT\",\"verdict\":\"UP\",\"neighbours\":[\"worker-9\"]"
        + more
        + "}";
  }
}
