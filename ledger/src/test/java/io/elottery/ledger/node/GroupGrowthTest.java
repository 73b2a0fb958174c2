package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Groups change their size while players write, and never rest at two or four. */
final class GroupGrowthTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final SimLedger ledger =
      new SimLedger(6, 5, 1, 1, LedgerConfig.defaults(), SimStore::open);
  private final SimMembers members = new SimMembers(ledger);

  @Test
  void oneBecomesThreeBecomesFiveAndGoesBack() {
    ledger.world().startAll();
    ledger.play(4, Duration.ofMillis(5));
    ledger.world().runUntil("tickets", () -> ledger.acknowledged() > 100, LONG);

    grow("worker-2", "worker-3");
    assertThat(now().voters()).hasSize(3);
    grow("worker-4", "worker-5");
    assertThat(now().voters()).hasSize(5);
    members.want(SHARD, is -> is.shrink(node(1), node(3), "test", members.now()));
    rest();
    assertThat(now().voters()).hasSize(3);
    members.want(SHARD, is -> is.shrink(node(2), node(4), "test", members.now()));
    rest();

    assertThat(now().voters()).containsExactly(new Member(node(5), 5));
    ledger.settle(Duration.ofSeconds(30));
  }

  @Test
  void noneIsPromotedBeforeItCaughtUpNorByAnybodyButTheWriter() {
    ledger.world().startAll();
    ledger.play(4, Duration.ofMillis(5));
    ledger.world().runUntil("tickets", () -> ledger.acknowledged() > 100, LONG);
    Set<String> told = new TreeSet<>();
    Member learner = new Member(node(2), 2);

    MemberStep changes = MemberStep.of(SHARD, MemberStep.Kind.LEARN, learner);
    ledger.onLoop(node(1), () -> ledger.ledger(node(1)).step(changes, why -> told.add("" + why)));
    ledger.world().runUntil("it learns", () -> !told.isEmpty(), LONG);
    MemberStep promote = MemberStep.of(SHARD, MemberStep.Kind.PROMOTE, learner);
    told.clear();
    ledger.onLoop(node(1), () -> ledger.ledger(node(1)).step(promote, why -> told.add("" + why)));
    ledger.onLoop(node(3), () -> ledger.ledger(node(3)).step(promote, why -> told.add("" + why)));
    ledger.world().runUntil("both are told", () -> told.size() == 2, LONG);

    assertThat(told).anyMatch(it -> it.contains("has not caught up"));
    assertThat(told).anyMatch(it -> it.contains("does not write"));
  }

  private void grow(String one, String other) {
    members.want(SHARD, is -> is.grow(NodeId.of(one), NodeId.of(other), "test", members.now()));
    rest();
  }

  private void rest() {
    ledger.world().runUntil("the change is done", members::rests, LONG);
  }

  private Membership now() {
    NodeId writer = ledger.writer(SHARD).orElseThrow();
    return ReplicaView.writer(ledger.ledger(writer).views()).orElseThrow().membership();
  }

  private static NodeId node(int number) {
    return NodeId.of("worker-" + number);
  }
}
