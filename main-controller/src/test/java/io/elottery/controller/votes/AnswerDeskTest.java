package io.elottery.controller.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.vote.Ballot;
import io.elottery.ledger.vote.Said;
import io.elottery.ledger.vote.Streaks;
import io.elottery.ledger.vote.VoteReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy that lies is exchanged; one that was wrong twice is not. */
final class AnswerDeskTest {
  private static final ShardId SHARD = new ShardId(3);
  private static final NodeId LIAR = NodeId.of("worker-2");

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station gateway = wire.station("gateway-1", Role.GATEWAY);
  private final Wire.Station stranger = wire.station("worker-9", Role.WORKER);
  private final Streaks streaks = new Streaks();
  private final List<String> events = new ArrayList<>();
  private final List<String> exchanged = new ArrayList<>();
  private Ballot seenByMain = ballot(LIAR, 4);
  private boolean leads = true;
  private int comparisons;

  @BeforeEach
  void start() {
    new AnswerDesk(
            new AnswerDesk.Ports(
                main.board,
                wire,
                half -> leads,
                (actorKey, query, within) -> {
                  comparisons++;
                  return CompletableFuture.completedFuture(Optional.of(seenByMain));
                },
                server -> false,
                (severity, code, subject, text) -> events.add(code + " " + subject),
                (shard, server, why) -> exchanged.add(shard + " " + server)))
        .start();
  }

  @Test
  void theThirdWrongAnswerInRowIsExchanged() {
    vote(Said.WRONG);
    vote(Said.WRONG);
    assertThat(exchanged).isEmpty();

    vote(Said.WRONG);

    assertThat(exchanged).containsExactly("shard-3 worker-2");
    assertThat(events)
        .containsExactly(
            "COPY_WRONG shard-3", "COPY_WRONG shard-3", "COPY_WRONG shard-3", "COPY_LIES shard-3");
  }

  @Test
  void twoWrongAnswersAndRightOneAreForgiven() {
    for (int i = 0; i < 5; i++) {
      vote(Said.WRONG);
      vote(Said.WRONG);
      vote(Said.RIGHT);
    }

    assertThat(comparisons).isZero();
    assertThat(exchanged).isEmpty();
  }

  @Test
  void mainBelievesItsOwnComparisonOnly() {
    seenByMain = ballot(NodeId.of("worker-9"), 5);

    vote(Said.WRONG);
    vote(Said.WRONG);
    vote(Said.WRONG);

    assertThat(comparisons).isEqualTo(1);
    assertThat(exchanged).isEmpty();
    assertThat(events).doesNotContain("COPY_LIES shard-3");
  }

  @Test
  void nothingIsExchangedWhileFewerThanFourOthersAreRight() {
    seenByMain = ballot(LIAR, 3);

    for (int i = 0; i < 4; i++) {
      vote(Said.WRONG);
    }

    assertThat(exchanged).isEmpty();
    assertThat(events).contains("COPY_LIES shard-3");
  }

  @Test
  void theSilentAreReportedOnceMinute() {
    vote(Said.SILENT);
    vote(Said.SILENT);

    assertThat(events).containsExactly("COPY_SILENT shard-3");
    assertThat(comparisons).isZero();
  }

  @Test
  void onlyTheMainThatActsForLeftDoesAnythingAndOnlyForGateways() {
    leads = false;
    vote(Said.WRONG);
    leads = true;
    stranger.send(main.id, report(Map.of(LIAR, Said.WRONG)).envelope());
    wire.settle();

    assertThat(events).isEmpty();
  }

  private void vote(Said how) {
    VoteReport report = report(Map.of(LIAR, how, NodeId.of("worker-1"), Said.RIGHT));
    if (!report.odd().isEmpty()) {
      gateway.send(main.id, report.envelope());
    }
    wire.settle();
  }

  private VoteReport report(Map<NodeId, Said> said) {
    return VoteReport.of("branch/TOR", SHARD, new byte[] {1}, said, streaks.count(SHARD, said));
  }

  private static Ballot ballot(NodeId wrong, int right) {
    Ballot ballot = Ballot.empty();
    ballot = ballot.with(wrong, Optional.of(says((byte) 0)));
    for (int i = 0; i < right; i++) {
      ballot = ballot.with(NodeId.of("other-" + i), Optional.of(says((byte) 1)));
    }
    return ballot;
  }

  private static Testimony says(byte what) {
    return new Testimony(
        SHARD, new byte[16], new LogPosition(7), new byte[] {what}, Testimony.Seal.NONE);
  }
}
