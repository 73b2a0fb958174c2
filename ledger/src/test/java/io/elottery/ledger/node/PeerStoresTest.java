package io.elottery.ledger.node;

import static io.elottery.ledger.node.PeerStores.Verdict.IGNORE;
import static io.elottery.ledger.node.PeerStores.Verdict.LISTEN;
import static io.elottery.ledger.node.PeerStores.Verdict.LISTEN_WHEN_FLUSHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.StoreId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which store a member first spoke with. */
final class PeerStoresTest {
  private static final ShardId SHARD = new ShardId(1);
  private static final NodeId PEER = NodeId.of("worker-2");
  private static final StoreId FIRST = StoreId.of(new byte[16]);
  private static final StoreId SECOND = StoreId.of("another store...".getBytes());

  private final SimWorld world = new SimWorld(1);
  private final SimNode node = world.node("worker-1", Role.WORKER, this::boot);
  private final List<String> faults = new ArrayList<>();
  private final NodeLoop[] loop = new NodeLoop[1];
  private final PeerStores[] stores = new PeerStores[1];

  private void boot(SimNode node) {
    loop[0] = node.loop("ledger");
    stores[0] =
        new PeerStores(
            new GroupCommit(
                loop[0],
                SimStore.open(node),
                (where, problem) -> faults.add(problem.getMessage())));
  }

  @Test
  void theFirstMessagesCountWhenTheStoreIsFlushed() {
    world.startAll();

    assertThat(judge(FIRST)).isEqualTo(LISTEN_WHEN_FLUSHED);
    assertThat(judge(FIRST)).isEqualTo(LISTEN_WHEN_FLUSHED);
    turn();

    assertThat(node.disk("ledger").unsynced()).isZero();
    assertThat(judge(FIRST)).isEqualTo(LISTEN);
  }

  @Test
  void theyNeverCountWhenItCannotBeFlushed() {
    world.startAll();
    node.disk("ledger").failSyncs(true);

    judge(FIRST);
    turn();

    assertThat(judge(FIRST)).isEqualTo(LISTEN_WHEN_FLUSHED);
    assertThat(faults).hasSize(1);
  }

  @Test
  void anotherStoreIsIgnoredAlsoAfterACrash() {
    world.startAll();
    judge(FIRST);
    turn();
    assertThat(judge(SECOND)).isEqualTo(IGNORE);

    node.crash();
    node.start();

    assertThat(judge(SECOND)).isEqualTo(IGNORE);
    assertThat(judge(FIRST)).isEqualTo(LISTEN);
  }

  @Test
  void anotherIncarnationMayHaveAnotherStore() {
    world.startAll();
    judge(FIRST);
    turn();

    assertThat(stores[0].judge(SHARD, PEER, 2, SECOND)).isEqualTo(LISTEN_WHEN_FLUSHED);
  }

  private PeerStores.Verdict judge(StoreId store) {
    return stores[0].judge(SHARD, PEER, 1, store);
  }

  private void turn() {
    loop[0].execute(() -> {});
    world.runFor(Duration.ofMillis(50));
  }
}
