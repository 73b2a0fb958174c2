package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.vote.AnswerVoting;
import io.elottery.ledger.vote.Ballot;
import io.elottery.ledger.vote.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Five real replicas, one of which has another state than it should. */
final class AnswerVotingTest {
  private static final String ACTOR = "branch/A";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SimLedger ledger = new SimLedger(7, 5, 1, LedgerConfig.defaults());
  private final ShardId shard = ledger.ring().shardOf(ACTOR);
  private final List<Ballot> ballots = new ArrayList<>();
  private AnswerVoting.SealCheck seals = (server, testimony) -> true;

  @BeforeEach
  void someNotes() {
    ledger.world().startAll();
    ledger.play(3, Duration.ofMillis(20));
    ledger.world().runFor(Duration.ofSeconds(5));
    ledger.settle(Duration.ofSeconds(30));
  }

  @Test
  void playersGetTheRightAnswerWhoeverLies() {
    for (int i = 0; i < 5; i++) {
      NodeId liar = ledger.workers().get(i).id();
      List<String> notes = notes(liar);
      String gone = notes.remove(0);

      for (int asked = 0; asked < 10; asked++) {
        assertThat(ask()).as("with %s lying", liar).isEqualTo(notes.size() + 1);
      }
      notes.add(0, gone);
    }
    assertThat(ballots.stream().filter(it -> it.said().containsValue(Said.WRONG))).isNotEmpty();
  }

  @Test
  void theOneThatDiffersIsNamedAndNobodyElse() {
    NodeId liar = ledger.workers().get(2).id();
    notes(liar).remove(0);

    Map<NodeId, Said> said = compare().said();

    assertThat(said).hasSize(5).containsEntry(liar, Said.WRONG);
    assertThat(said.values().stream().filter(Said.RIGHT::equals)).hasSize(4);
  }

  @Test
  void oneThatIsDeadIsSilent() {
    NodeId writer = ledger.writer(shard).orElseThrow();
    NodeId dead =
        ledger.workers().stream()
            .map(it -> it.id())
            .filter(it -> !it.equals(writer))
            .findFirst()
            .orElseThrow();
    ledger.world().node(dead).crash();

    assertThat(compare().said()).containsEntry(dead, Said.SILENT);
    assertThat(ask()).isEqualTo(notes(writer).size());
  }

  @Test
  void whatIsNotSignedByItsServerCountsForNothing() {
    NodeId forger = ledger.workers().get(1).id();
    seals = (server, testimony) -> !server.equals(forger);

    assertThat(compare().said()).containsEntry(forger, Said.WRONG);
  }

  @Test
  void whatEveryCopyAnswersOtherwiseIsNotAnswered() {
    for (int i = 1; i < 4; i++) {
      notes(ledger.workers().get(i).id()).subList(0, i).clear();
    }
    ledger.workers().get(4).crash();

    assertThat(outcome(voting().ask(ACTOR, new byte[0], PATIENCE)))
        .isInstanceOf(Delivery.Unavailable.class);
  }

  private AnswerVoting voting() {
    return new AnswerVoting(
        ledger.mailroom(),
        ledger.workers().get(0).random(),
        seals,
        Duration.ofMillis(400),
        (actorKey, of, query, ballot) -> ballots.add(ballot));
  }

  private List<String> notes(NodeId worker) {
    return ((NoteMachine) ledger.ledger(worker).machine(shard).orElseThrow()).notes();
  }

  private int ask() {
    Delivery delivery = outcome(voting().ask(ACTOR, new byte[0], PATIENCE));
    assertThat(delivery).isInstanceOf(Delivery.Answered.class);
    return NoteMachine.place(((Delivery.Answered) delivery).body());
  }

  private Ballot compare() {
    return outcome(voting().compare(ACTOR, new byte[0], PATIENCE)).orElseThrow();
  }

  private <T> T outcome(CompletableFuture<T> future) {
    ledger.world().runUntil("the vote is over", future::isDone, Duration.ofSeconds(20));
    return future.join();
  }
}
