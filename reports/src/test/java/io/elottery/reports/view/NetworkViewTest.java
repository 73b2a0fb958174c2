package io.elottery.reports.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import io.elottery.reports.report.ShardReport.ReplicaRole;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkViewTest {
  private static final NodeId W1 = NodeId.of("worker-1");
  private static final NodeId W2 = NodeId.of("worker-2");
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void theJsonIsTheOneThatOthersRelyOn() {
    Judgement up =
        new Judgement(
            W1,
            Hemisphere.LEFT,
            Verdict.UP,
            AT,
            Optional.empty(),
            List.of(new Evidence("LEFT", Evidence.Claim.HEARD, "LEFT hears it")));

    NetworkView view = view(Map.of(W1, up), List.of(said(W1, W1, 3), said(W2, W2, 2)));

    assertThat(new String(view.toJson(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"hemispheres\":{\"LEFT\":{\"leader\":\"main-1\",\"fence\":5,"
                + "\"substitutes\":[\"main-3\"],\"covers\":[\"LEFT\"]},"
                + "\"RIGHT\":{\"leader\":null,\"fence\":0,\"substitutes\":[],\"covers\":[]}},"
                + "\"workers\":[{\"id\":\"worker-1\",\"hemisphere\":\"LEFT\",\"verdict\":\"UP\","
                + "\"since\":\"2026-11-21T08:00:00Z\",\"behind\":null,"
                + "\"evidence\":[\"LEFT hears it\"],\"neighbours\":[\"worker-2\"],\"load\":0},"
                + "{\"id\":\"worker-2\",\"hemisphere\":\"RIGHT\",\"verdict\":\"UNKNOWN\","
                + "\"since\":\"2026-11-21T08:00:00Z\",\"behind\":null,\"evidence\":[],"
                + "\"neighbours\":[\"worker-1\"],\"load\":0}],"
                + "\"shards\":[{\"id\":0,\"writer\":\"worker-1\","
                + "\"replicas\":[\"worker-1\",\"worker-2\"]}]}");
  }

  @Test
  void aWriterThatIsDownIsNoWriter() {
    Judgement down =
        new Judgement(W1, Hemisphere.LEFT, Verdict.DOWN, AT, Optional.empty(), List.of());

    NetworkView view = view(Map.of(W1, down), List.of(said(W1, W1, 3)));

    assertThat(view.shards()).containsExactly(new ShardView(0, Optional.empty(), List.of(W1, W2)));
  }

  private static NetworkView view(Map<NodeId, Judgement> judgements, List<Report> reports) {
    Roster roster =
        new Roster(
            5,
            1,
            List.of(),
            List.of(),
            List.of(worker(W1, Hemisphere.LEFT, W2), worker(W2, Hemisphere.RIGHT, W1)),
            List.of(),
            new byte[0],
            List.of());
    return NetworkView.of(
        List.of(
            new HemisphereView(Hemisphere.RIGHT, Optional.empty(), 0, List.of(), List.of()),
            new HemisphereView(
                Hemisphere.LEFT,
                Optional.of(NodeId.of("main-1")),
                5,
                List.of(NodeId.of("main-3")),
                List.of(Hemisphere.LEFT))),
        roster,
        judgements,
        Map.of(0, List.of(W1, W2)),
        reports,
        AT);
  }

  private static RosterWorker worker(NodeId id, Hemisphere half, NodeId neighbour) {
    return new RosterWorker(id, half, Optional.empty(), Optional.empty(), List.of(neighbour));
  }

  private static Report said(NodeId by, NodeId writer, long term) {
    return new Report(
        by,
        1,
        1,
        AT,
        Priority.ROUTINE,
        true,
        false,
        Verdict.UP,
        List.of(),
        Load.NONE,
        List.of(),
        List.of(
            new ShardReport(
                0, ReplicaRole.FOLLOWER, Optional.of(writer), term, 1, 1, List.of(W1, W2))),
        Optional.empty());
  }
}
