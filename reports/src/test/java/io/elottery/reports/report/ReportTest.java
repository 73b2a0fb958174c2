package io.elottery.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.ShardReport.ReplicaRole;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String GOLDEN =
      "{\"format\":\"elottery/report/v1\",\"worker\":\"worker-1\",\"incarnation\":3,\"number\":9,"
          + "\"at\":\"2026-11-21T08:00:00Z\",\"priority\":\"WARNING\",\"hearsMain\":true,"
          + "\"doubtful\":false,\"verdict\":\"UP\",\"notes\":[\"worker-2 is silent\"],"
          + "\"load\":{\"processor\":0.5,\"heapUsedBytes\":1,\"heapMaxBytes\":2,"
          + "\"diskFreeBytes\":3,\"flushMicros\":400,\"loopQueued\":5},"
          + "\"neighbours\":[{\"neighbour\":\"worker-2\",\"sent\":10,\"heard\":9,\"lost\":1,"
          + "\"roundTripMicros\":250,\"suspicion\":1000000.0,\"trust\":\"SUSPECT\","
          + "\"since\":\"2026-11-21T08:00:00Z\",\"connected\":false,\"refused\":true,"
          + "\"hearsMain\":true,\"hearsMe\":true}],"
          + "\"shards\":[{\"shard\":0,\"role\":\"FOLLOWER\",\"writer\":\"worker-2\",\"term\":4,"
          + "\"commit\":8,\"applied\":7,\"members\":[\"worker-1\",\"worker-2\",\"worker-3\"]}]}";

  private static Report report() {
    NodeId two = NodeId.of("worker-2");
    return new Report(
        NodeId.of("worker-1"),
        3,
        9,
        AT,
        Priority.WARNING,
        true,
        false,
        Verdict.UP,
        List.of("worker-2 is silent"),
        new Load(0.5, 1, 2, 3, Duration.ofNanos(400_000), 5),
        List.of(
            new NeighbourReport(
                two,
                10,
                9,
                1,
                Duration.ofNanos(250_000),
                Double.POSITIVE_INFINITY,
                Trust.SUSPECT,
                AT,
                false,
                true,
                true,
                true)),
        List.of(
            new ShardReport(
                0,
                ReplicaRole.FOLLOWER,
                Optional.of(two),
                4,
                8,
                7,
                List.of(NodeId.of("worker-1"), two, NodeId.of("worker-3")))),
        Optional.empty());
  }

  @Test
  void jsonIsTheGoldenOne() throws MalformedMessage {
    assertThat(new String(report().toJson(), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
    assertThat(Report.parse(report().toJson())).isEqualTo(report());
  }

  @Test
  void aRelayedReportNamesWhoPassedItOn() throws MalformedMessage {
    Report relayed = Report.parse(report().relayed(NodeId.of("worker-2")).toJson());

    assertThat(relayed.relayedBy()).contains(NodeId.of("worker-2"));
  }

  @Test
  void aWrongReportIsRefusedWithTheFieldsName() {
    refuses("[]", "JSON object");
    refuses("{", "not JSON");
    refuses(GOLDEN.replace("report/v1", "report/v2"), "elottery/report/v1");
    refuses(GOLDEN.replace("\"number\":9,", ""), "number");
    refuses(GOLDEN.replace("\"number\":9", "\"number\":\"9\""), "number");
    refuses(GOLDEN.replace("\"number\":9", "\"number\":0"), "report 0");
    refuses(GOLDEN.replace("WARNING", "LOUD"), "LOUD");
    refuses(GOLDEN.replace("worker-1\"", "Worker 1\""), "Worker 1");
    refuses(GOLDEN.replace("\"at\":\"2026", "\"at\":\"x"), "parsed");
    refuses(GOLDEN.replace(":400,", ":9223372036854775807,"), "overflow");
  }

  @Test
  void unknownFieldsAreIgnored() throws MalformedMessage {
    String more = GOLDEN.replace("\"number\":9,", "\"number\":9,\"mood\":\"fine\",");

    assertThat(Report.parse(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(report());
  }

  @Test
  void theSchemaNamesEveryFieldWritten() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode schema = mapper.readTree(Path.of("../docs/schema/report-v1.json").toFile());
    JsonNode json = mapper.readTree(report().relayed(NodeId.of("worker-2")).toJson());

    assertThat(json.fieldNames())
        .toIterable()
        .allMatch(name -> schema.get("properties").has(name), "is in the schema");
    for (String list : List.of("neighbours", "shards")) {
      JsonNode item = schema.get("properties").get(list).get("items").get("properties");
      assertThat(json.get(list).get(0).fieldNames()).toIterable().allMatch(item::has);
    }
  }

  @Test
  void aListThatIsTooLongIsRefused() {
    refuses(GOLDEN.replace("[\"worker-2 is silent\"]", many("\"n\"")), "at most 1000");
    refuses(GOLDEN.replace("[\"worker-2 is silent\"]", "7"), "\"notes\": expected a list");
    refuses(GOLDEN.replace("\"neighbours\":[", "\"neighbours\":[7,"), "\"neighbours\"");
    refuses(GOLDEN.replace("\"hearsMe\":true", "\"hearsMe\":1"), "\"hearsMe\": expected true");
  }

  private static String many(String item) {
    return "[" + String.join(",", Collections.nCopies(Report.PARTS_MAX + 1, item)) + "]";
  }

  private static void refuses(String json, String because) {
    assertThatThrownBy(() -> Report.parse(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining(because);
  }
}
