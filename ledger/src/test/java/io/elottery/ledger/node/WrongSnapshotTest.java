package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that joins and is given the snapshot of another history. */
final class WrongSnapshotTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final NodeId JOINER = NodeId.of("worker-6");
  private static final int LOG_IN_HEAD = 2 + 8 + 8 + 8 + 8;

  private final SimLedger ledger = new SimLedger(6, 7, 1, LedgerSimulation.small(20, 2_000));
  private final SimMembers members = new SimMembers(ledger);
  private int alterations;

  @Test
  void oneWhoseLastHeadIsAnotherNeverGetsAVoteAndIsMadeAnew() {
    sell();
    ledger.alter(JOINER, it -> altered(it, true));

    join();

    assertThat(alterations).isPositive();
    assertThat(troubles()).contains("contradicts what was acknowledged");
    assertThat(voters()).doesNotContain(new Member(JOINER, 2));
    soundAfterwards();
  }

  @Test
  void oneWhoseRunningHashIsAnotherIsFoundAtTheNextHeadAndMadeAnew() {
    sell();
    ledger.alter(JOINER, it -> altered(it, false));

    join();

    assertThat(alterations).isPositive();
    assertThat(troubles()).contains("contradicts what was acknowledged");
    soundAfterwards();
  }

  private void sell() {
    ledger.heldByFirst(5).world().startAll();
    ledger.play(6, Duration.ofMillis(10));
    ledger.world().runUntil("heads are signed", () -> told().size() > 1, Duration.ofSeconds(30));
  }

  // The joiner takes the place of a follower, until its copy is closed.
  private void join() {
    NodeId old =
        ledger.workers().stream()
            .map(worker -> worker.id())
            .filter(id -> ledger.ring().placement(SHARD).holds(id))
            .filter(id -> !ledger.writer(SHARD).orElseThrow().equals(id))
            .findFirst()
            .orElseThrow();
    members.want(SHARD, is -> is.exchange(old, JOINER, "test", members.now()));
    ledger
        .world()
        .runUntil(
            "the joiner closes its copy", () -> !troubles().isEmpty(), Duration.ofSeconds(60));
    ledger.alter(JOINER, it -> it);
  }

  private void soundAfterwards() {
    ledger
        .world()
        .runUntil(
            "another copy is made",
            () -> members.rests() && members.isWhole(),
            Duration.ofMinutes(2));
    ledger.world().runFor(Duration.ofSeconds(2));
    Chain its = ledger.ledger(JOINER).chain(SHARD).orElseThrow();
    assertThat(its.contradicts(told().get(told().size() - 1))).isEmpty();
    assertThat(ledger.ledger(JOINER).contradicted()).as("once, and no more").isEqualTo(1);
  }

  private String troubles() {
    return String.join("; ", ledger.ledger(JOINER).troubles());
  }

  private List<Member> voters() {
    NodeId writer = ledger.writer(SHARD).orElseThrow();
    return ledger.ledger(writer).views().stream()
        .map(ReplicaView::membership)
        .findFirst()
        .orElseThrow()
        .voters();
  }

  private List<Head> told() {
    return ledger
        .writer(SHARD)
        .flatMap(writer -> ledger.ledger(writer).chain(SHARD))
        .map(Chain::told)
        .<List<Head>>map(ArrayList::new)
        .orElse(List.of());
  }

  // Before the first head stand one byte and the running hash.
  private Envelope altered(Envelope envelope, boolean head) {
    if (envelope.kind() != LedgerKinds.RAFT) {
      return envelope;
    }
    List<Head> told = told();
    for (int i = told.size() - 1; i >= 0; i--) {
      byte[] body = envelope.body().clone();
      int at = indexOf(body, told.get(head ? i : 0).encode());
      if (at > 33) {
        alterations++;
        body[head ? at + LOG_IN_HEAD : at - 2] ^= 1;
        return new Envelope(envelope.kind(), envelope.version(), body);
      }
    }
    return envelope;
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int from = 0; from + what.length <= in.length; from++) {
      int same = 0;
      while (same < what.length && in[from + same] == what[same]) {
        same++;
      }
      if (same == what.length) {
        return from;
      }
    }
    return -1;
  }
}
