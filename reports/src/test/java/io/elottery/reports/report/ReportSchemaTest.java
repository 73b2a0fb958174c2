package io.elottery.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.ShardReport.ReplicaRole;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is sent is what {@code docs/schema/report-v1.json} promises. */
class ReportSchemaTest {
  private static final Path SCHEMA = Path.of("../docs/schema/report-v1.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyReportThatCanBeMadeIsAsTheSchemaSaysAndIsReadAgain() throws Exception {
    Schema schema = Schema.read(SCHEMA);
    for (int seed = 0; seed < 500; seed++) {
      Report report = report(new Random(seed));

      byte[] json = report.toJson();

      assertThat(schema.objections(JSON.readTree(json))).as("seed %s", seed).isEmpty();
      assertThat(Report.parse(json)).as("seed %s", seed).isEqualTo(report);
      assertThat(Report.unpack(report.pack())).as("seed %s", seed).isEqualTo(report);
      assertThat(ReportHead.peek(report.pack()))
          .isEqualTo(new ReportHead(report.worker(), report.priority()));
    }
  }

  @Test
  void whatIsNotAsTheSchemaSaysIsNoticed() throws IOException {
    Schema schema = Schema.read(SCHEMA);
    ObjectNode json = (ObjectNode) JSON.readTree(report(new Random(1)).toJson());

    assertThat(schema.objections(json.deepCopy().put("number", 0))).contains("$.number: min");
    assertThat(schema.objections(json.deepCopy().put("priority", "LOUD")))
        .contains("$.priority: enum");
    assertThat(schema.objections(json.deepCopy().put("mood", "fine")))
        .contains("$.mood: not named");
    assertThat(schema.objections(json.deepCopy().without("load"))).contains("$: required load");
    assertThat(schema.objections(json.deepCopy().put("at", "yesterday"))).contains("$.at: format");
  }

  private static Report report(Random random) {
    List<NeighbourReport> neighbours = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      neighbours.add(neighbour(NodeId.of("worker-" + (10 + i)), random));
    }
    List<ShardReport> shards = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      shards.add(shard(i, random));
    }
    return new Report(
        NodeId.of("worker-" + random.nextInt(9)),
        random.nextInt(1_000),
        1 + random.nextInt(100_000),
        at(random),
        pick(Priority.values(), random),
        random.nextBoolean(),
        random.nextBoolean(),
        pick(Verdict.values(), random),
        random.nextBoolean() ? List.of() : List.of("worker-2: TRUSTED → DEAD, \"closed\"", ""),
        random.nextInt(5) == 0
            ? Load.NONE
            : new Load(
                random.nextInt(5) == 0 ? -1 : random.nextDouble(),
                random.nextInt(1 << 30),
                1L << 31,
                random.nextInt(),
                Duration.ofNanos(random.nextInt(1_000_000) * 1_000L),
                random.nextInt(100)),
        neighbours,
        shards,
        random.nextBoolean() ? Optional.empty() : Optional.of(NodeId.of("worker-99")));
  }

  private static NeighbourReport neighbour(NodeId id, Random random) {
    return new NeighbourReport(
        id,
        random.nextInt(1_000_000),
        random.nextInt(1_000_000),
        random.nextInt(100),
        Duration.ofNanos(random.nextInt(1_000_000) * 1_000L),
        random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble() * 10,
        pick(Trust.values(), random),
        at(random),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static ShardReport shard(int number, Random random) {
    return new ShardReport(
        number,
        pick(ReplicaRole.values(), random),
        random.nextBoolean() ? Optional.empty() : Optional.of(NodeId.of("worker-3")),
        random.nextInt(1_000),
        random.nextInt(1_000_000),
        random.nextInt(1_000_000),
        List.of(NodeId.of("worker-3"), NodeId.of("worker-4")));
  }

  private static Instant at(Random random) {
    return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000), random.nextInt(3));
  }

  private static <T> T pick(T[] all, Random random) {
    return all[random.nextInt(all.length)];
  }
}
