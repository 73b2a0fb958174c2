package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who takes over when the failure detector says that the writer is dead. */
final class StandInTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final String ACTOR = "branch/TOR";

  private final SimLedger ledger = new SimLedger(11, 5, 1, LedgerConfig.defaults());

  @Test
  void survivorWithTheWholeLogFollowsOneThatStoodAndLost() {
    NodeId writer = startAndElect();
    List<NodeId> survivors = inTurn(writer);
    NodeId behind = survivors.get(0);
    ledger.world().cutOneWay(writer, behind);
    ledger.play(1, Duration.ofMillis(5));
    ledger.world().runFor(Duration.ofMillis(300));

    ledger.stopPlaying();
    ledger.world().node(writer).crash();
    ledger.world().heal();
    survivors.forEach(survivor -> ledger.ledger(survivor).suspect(writer));

    ledger
        .world()
        .runUntil(
            "another writer",
            () -> survivors.stream().anyMatch(this::writes),
            Duration.ofMillis(400));
    assertThat(writes(behind)).isFalse();
  }

  @Test
  void aDeathToldAgainAndAgainDoesNotMakeTheSurvivorsEndEachOthersElections() {
    NodeId writer = startAndElect();
    List<NodeId> survivors = inTurn(writer);
    long before = term(survivors.get(0));
    // As slow as processes that share a processor with all that a death sets off.
    Duration slow = Duration.ofMillis(50);
    ledger
        .world()
        .network("replica")
        .behave(new NetworkFaults(slow, slow.multipliedBy(2), 0, 0, 0));
    ledger.world().node(writer).crash();

    // Told again and again, and the first in turn is the last to be told.
    for (int told = 0; told < 60 && survivors.stream().noneMatch(this::writes); told++) {
      for (int turn = survivors.size() - 1; turn >= 0; turn--) {
        if (told >= 5 * (survivors.size() - 1 - turn)) {
          ledger.ledger(survivors.get(turn)).suspect(writer);
        }
      }
      ledger.world().runFor(Duration.ofMillis(10));
    }

    assertThat(survivors).anyMatch(this::writes);
    assertThat(term(survivors.get(0)) - before).as("elections").isEqualTo(1);
  }

  @Test
  void aCallWaitsAtASurvivorForTheNextWriterAndIsNotSentBackToTheDeadOne() {
    NodeId writer = startAndElect();
    List<NodeId> survivors = inTurn(writer);
    NodeId last = survivors.get(survivors.size() - 1);
    ledger.world().node(writer).crash();
    ledger.ledger(last).suspect(writer);
    Switchboard caller = ledger.caller();

    CompletableFuture<Envelope> answer =
        caller.call(
            last,
            CommandCall.command(ACTOR, Duration.ofSeconds(1), new byte[] {'n'}).envelope(),
            Duration.ofSeconds(1));
    ledger.world().runFor(Duration.ofMillis(100));
    assertThat(answer).isNotDone();
    survivors.forEach(survivor -> ledger.ledger(survivor).suspect(writer));
    ledger.world().runUntil("an answer", answer::isDone, Duration.ofMillis(120));

    assertThat(answer)
        .isCompletedWithValueMatching(
            told -> told.equals(new Response.Redirect(ledger.writer(SHARD)).envelope()));
  }

  @Test
  void twoWhoCannotWinLeaveTheElectionToThoseWhoCan() {
    NodeId writer = startAndElect();
    List<NodeId> survivors = inTurn(writer);
    List<NodeId> behind = survivors.subList(0, 2);
    long before = term(writer);
    behind.forEach(server -> ledger.world().cutOneWay(writer, server));
    ledger.play(1, Duration.ofMillis(5));
    ledger.world().runFor(Duration.ofMillis(300));

    ledger.stopPlaying();
    ledger.world().node(writer).crash();
    ledger.world().heal();
    // As when they do not agree whose turn it is.
    for (int told = 0; told < 10; told++) {
      behind.forEach(server -> group(server).electInsteadOf(writer));
      survivors.forEach(survivor -> ledger.ledger(survivor).suspect(writer));
      ledger.world().runFor(Duration.ofMillis(10));
    }
    ledger
        .world()
        .runUntil(
            "another writer",
            () -> survivors.stream().anyMatch(this::writes),
            Duration.ofMillis(500));

    assertThat(behind).noneMatch(this::writes);
    assertThat(term(ledger.writer(SHARD).orElseThrow()) - before).as("elections").isLessThan(5);
  }

  @Test
  void afterAWriterTheNextMemberTakesOverAndNotThePreferredOne() {
    NodeId writer = startAndElect();
    List<NodeId> members = ledger.ring().placement(SHARD).nodes();
    NodeId second = members.get(1);
    assertThat(ledger.ledger(writer).handOver(SHARD, second)).isTrue();
    ledger
        .world()
        .runUntil("the second member writes", () -> writes(second), Duration.ofMillis(500));

    ledger.world().node(second).crash();
    List<NodeId> survivors = inTurn(second);
    survivors.forEach(survivor -> ledger.ledger(survivor).suspect(second));
    ledger
        .world()
        .runUntil(
            "another writer",
            () -> survivors.stream().anyMatch(this::writes),
            Duration.ofMillis(100));

    assertThat(writes(members.get(2))).isTrue();
  }

  /** The survivors as they stand for writer, one after the other. */
  private List<NodeId> inTurn(NodeId dead) {
    List<NodeId> members = ledger.ring().placement(SHARD).nodes();
    int at = members.indexOf(dead);
    List<NodeId> turns = new ArrayList<>(members.subList(at + 1, members.size()));
    turns.addAll(members.subList(0, at));
    return turns;
  }

  private RaftGroup group(NodeId worker) {
    return Objects.requireNonNull(ledger.ledger(worker).groupOf(SHARD));
  }

  private long term(NodeId worker) {
    return ledger.ledger(worker).status().get(0).group().term();
  }

  @Test
  void theFirstElectionDoesNotWaitForATimeOut() {
    ledger.world().startAll();

    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofMillis(800));
  }

  private NodeId startAndElect() {
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    ledger.world().runFor(Duration.ofMillis(500));
    return ledger.writer(SHARD).orElseThrow();
  }

  private boolean writes(NodeId worker) {
    SimNode node = ledger.world().node(worker);
    return node.isAlive()
        && ledger.ledger(worker).status().stream().anyMatch(it -> it.group().writes());
  }
}
