package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the copies of a shard sign of its history, and what becomes of one that has another. */
final class HeadWatchTest {
  private static final ShardId SHARD = new ShardId(0);

  private final SimLedger ledger = played(SimStore::open);

  @Test
  void everyCopyKeepsTheSameHeadsSignedByAMajority() {
    List<CountersignedHead> heads = heads(ledger.workers().get(0));

    assertThat(heads).hasSizeGreaterThan(1);
    for (SimNode worker : ledger.workers()) {
      List<CountersignedHead> its = heads(worker);
      assertThat(its).as("of %s", worker.id()).hasSameSizeAs(heads);
      for (int i = 0; i < heads.size(); i++) {
        assertThat(its.get(i).head().same(heads.get(i).head())).isTrue();
        assertThat(its.get(i).isByMajority(5)).isTrue();
      }
      assertThat(ledger.ledger(worker.id()).troubles()).isEmpty();
    }
  }

  @Test
  void theCopyWhoseHistoryAMajorityContradictsIsClosed() {
    SimNode victim = ledger.workers().get(1);
    Head mine = ledger.ledger(victim.id()).chain(SHARD).orElseThrow().last().orElseThrow();
    heads(victim); // known already: what is shown later differs from it
    Head other = altered(mine, mine.position().index() - 1);

    show(victim, signed(other, 2, true));
    assertThat(holds(victim)).as("two signed").isTrue();
    show(victim, signed(other, 3, false));
    assertThat(holds(victim)).as("forged").isTrue();
    show(victim, signed(other, 3, true));

    assertThat(holds(victim)).isFalse();
    assertThat(ledger.ledger(victim.id()).troubles())
        .singleElement()
        .asString()
        .startsWith("COPY_DAMAGED shard-0: its history has no head at position")
        .contains("contradicts what was acknowledged");
  }

  @Test
  void signaturesComeInOneByOneToo() {
    SimNode victim = ledger.workers().get(1);
    Head mine = ledger.ledger(victim.id()).chain(SHARD).orElseThrow().last().orElseThrow();
    Head other = altered(mine, mine.position().index() - 1);

    for (Map.Entry<NodeId, SignedHead> one : signed(other, 3, true).signatures().entrySet()) {
      assertThat(holds(victim)).as("before %s signed", one.getKey()).isTrue();
      ledger.deliver(victim.id(), new Peer(one.getKey(), Role.WORKER), one.getValue().envelope());
    }

    assertThat(holds(victim)).isFalse();
  }

  @Test
  void aCopyWithAnotherStateSignsAloneAndIsClosed() {
    NodeId victim = ledger.workers().get(3).id();
    NoteMachine machine = (NoteMachine) ledger.ledger(victim).machine(SHARD).orElseThrow();

    machine.alter();
    ledger.world().runFor(Duration.ofSeconds(1));

    assertThat(ledger.ledger(victim).machine(SHARD)).isEmpty();
    assertThat(ledger.ledger(victim).troubles())
        .singleElement()
        .asString()
        .contains("COPY_DAMAGED");
    assertThat(ledger.ledger(victim).contradicted()).isEqualTo(1);
    assertThat(ledger.writer(SHARD)).isPresent();
  }

  @Test
  void aLedgerThatWasPutBackWholeIsRefusedByWhoeverKnewMore() {
    SimLedger back = played(SimStore::blind);
    List<SimDisk.Image> images =
        back.workers().stream().map(worker -> worker.disk("ledger").image()).toList();
    back.world().runFor(Duration.ofSeconds(1));
    back.settle(Duration.ofSeconds(10));
    CountersignedHead known =
        back.ledger(back.workers().get(0).id()).heads(SHARD, 0, 99).stream()
            .reduce((one, next) -> next)
            .orElseThrow();
    back.workers().forEach(SimNode::crash);
    for (int i = 0; i < images.size(); i++) {
      back.workers().get(i).disk("ledger").restore(images.get(i));
      back.workers().get(i).start();
    }
    back.world()
        .runUntil("it writes", () -> back.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    NodeId writer = back.writer(SHARD).orElseThrow();

    back.deliver(writer, new Peer(NodeId.of("worker-9"), Role.WORKER), known.envelope());

    assertThat(back.ledger(writer).machine(SHARD)).isEmpty();
    assertThat(back.ledger(writer).troubles())
        .singleElement()
        .asString()
        .startsWith("COPY_DAMAGED shard-0: its history ends at position")
        .endsWith("the ledger was put back");
  }

  private static SimLedger played(Function<SimNode, DurableStore> stores) {
    SimLedger ledger = new SimLedger(4, 5, 1, LedgerSimulation.small(), stores);
    ledger.world().startAll();
    ledger.play(6, Duration.ofMillis(10));
    ledger.world().runFor(Duration.ofMillis(1500));
    return ledger;
  }

  private List<CountersignedHead> heads(SimNode worker) {
    return ledger.ledger(worker.id()).heads(SHARD, 0, 99);
  }

  private boolean holds(SimNode worker) {
    return ledger.ledger(worker.id()).machine(SHARD).isPresent();
  }

  private void show(SimNode to, CountersignedHead head) {
    ledger.deliver(to.id(), new Peer(NodeId.of("worker-9"), Role.WORKER), head.envelope());
  }

  private static Head altered(Head head, long position) {
    return new Head(
        SHARD,
        head.number(),
        new LogPosition(position),
        head.commands(),
        head.stampedAt(),
        new byte[32],
        head.state(),
        head.previous());
  }

  private CountersignedHead signed(Head head, int signers, boolean really) {
    TreeMap<NodeId, SignedHead> signatures = new TreeMap<>();
    for (SimNode worker : ledger.workers()) {
      if (!worker.equals(ledger.workers().get(1)) && signatures.size() < signers) {
        NodeId forger = really ? worker.id() : NodeId.of("worker-9");
        Testimony.Seal seal = SimSeals.of(forger, head.statement(worker.id(), 5));
        signatures.put(worker.id(), new SignedHead(head, 5, seal));
      }
    }
    return new CountersignedHead(head, signatures);
  }
}
