package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies change workers while players write. */
final class MembersTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final Duration FOR_LONG = Duration.ofSeconds(20);
  private static final NodeId SPARE = NodeId.of("worker-6");

  private final SimLedger ledger = new SimLedger(5, 7, 1, LedgerConfig.defaults());
  private final SimMembers members = new SimMembers(ledger);

  @Test
  void aCopyMovesToAnotherWorkerAndTheOldOneIsErased() {
    sell();
    NodeId old = follower();

    members.want(SHARD, is -> is.exchange(old, SPARE, "test", members.now()));
    rest();

    assertThat(voters()).contains(new Member(SPARE, 2)).hasSize(5);
    assertThat(ledger.ledger(old).views()).isEmpty();
    assertThat(members.taken()).noneMatch(step -> step.startsWith("refused"));
    ledger.settle(Duration.ofSeconds(30));
    assertThat(ledger.ring().placement(SHARD).holds(old)).isFalse();
  }

  @Test
  void theWritersOwnCopyMovesAfterItHandedOver() {
    sell();
    NodeId old = writer();

    members.want(SHARD, is -> is.exchange(old, SPARE, "test", members.now()));
    rest();

    assertThat(writer()).isNotEqualTo(old);
    assertThat(voters()).contains(new Member(SPARE, 2));
    ledger.settle(Duration.ofSeconds(30));
  }

  @Test
  void aDeadWorkersCopyIsReplacedAndErasedWhenItReturns() {
    sell();
    NodeId dead = follower();
    ledger.world().node(dead).crash();

    members.want(SHARD, is -> is.exchange(dead, SPARE, "test", members.now()));
    rest();
    ledger.world().node(dead).start();
    ledger
        .world()
        .runUntil(
            "the old copy is erased",
            () -> ledger.ledger(dead).views().isEmpty(),
            Duration.ofSeconds(10));

    ledger.settle(Duration.ofSeconds(30));
  }

  @Test
  void aCopyIsMadeAnewOnItsOwnWorkerUnderANewIncarnation() {
    sell();
    NodeId same = follower();

    members.want(SHARD, is -> is.exchange(same, same, "test", members.now()));
    rest();

    assertThat(voters()).contains(new Member(same, 2)).doesNotContain(new Member(same, 1));
    ledger.settle(Duration.ofSeconds(30));
  }

  @Test
  void whatJoinedGoesOnAsItselfAfterARestart() {
    sell();
    members.want(SHARD, is -> is.exchange(follower(), SPARE, "test", members.now()));
    rest();

    for (var worker : ledger.workers()) {
      worker.crash();
    }
    ledger.world().startAll();
    ledger.world().runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), FOR_LONG);

    assertThat(voters()).contains(new Member(SPARE, 2)).hasSize(5);
    ledger.settle(Duration.ofSeconds(30));
  }

  private void sell() {
    ledger.world().startAll();
    ledger.play(6, Duration.ofMillis(5));
    ledger.world().runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), FOR_LONG);
    ledger.world().runUntil("tickets", () -> ledger.acknowledged() > 200, FOR_LONG);
  }

  private void rest() {
    ledger.world().runUntil("the change is done", members::rests, FOR_LONG);
  }

  private NodeId writer() {
    return ledger.writer(SHARD).orElseThrow();
  }

  private NodeId follower() {
    List<NodeId> nodes = new ArrayList<>(ledger.ring().placement(SHARD).nodes());
    nodes.remove(writer());
    return nodes.get(2);
  }

  private List<Member> voters() {
    return ReplicaView.writer(ledger.ledger(writer()).views()).orElseThrow().membership().voters();
  }
}
