package io.elottery.ledger.node;

import static io.elottery.ledger.node.PeerStores.Verdict.LISTEN;
import static io.elottery.ledger.node.PeerStores.Verdict.LISTEN_WHEN_FLUSHED;
import static io.elottery.ledger.node.PeerStores.Verdict.OTHER_STORE;
import static io.elottery.ledger.node.PeerStores.Verdict.OUTDATED;
import static io.elottery.ledger.node.PeerStores.Verdict.WENT_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which store a member first spoke with. */
final class PeerStoresTest {
  private static final ShardId SHARD = new ShardId(1);
  private static final NodeId PEER = NodeId.of("worker-2");
  private static final StoreId NAME = StoreId.of(new byte[16]);
  private static final Standing FIRST = Standing.first(NAME);
  private static final Standing SECOND =
      Standing.first(StoreId.of("another store...".getBytes(StandardCharsets.US_ASCII)));

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
    assertThat(judge(SECOND)).isEqualTo(OTHER_STORE);

    node.crash();
    node.start();

    assertThat(judge(SECOND)).isEqualTo(OTHER_STORE);
  }

  @Test
  void whoSpokeFromAnotherStoreIsNotBelievedWhenItHasTheFirstOneAgain() {
    world.startAll();
    judge(FIRST);
    judge(SECOND);

    assertThat(judge(FIRST)).isEqualTo(OTHER_STORE);
  }

  @Test
  void aStoreThatOpensBelowWhatItSaidWentBack() {
    world.startAll();
    judge(new Standing(NAME, 3, 30, 10, 40));
    turn();

    assertThat(judge(new Standing(NAME, 4, 40, 39, 39))).isEqualTo(WENT_BACK);
    assertThat(judge(new Standing(NAME, 5, 50, 90, 90))).as("for good").isEqualTo(WENT_BACK);
  }

  @Test
  void aStoreThatWasOpenedTheSameNumberOfTimesElsewhereWentBack() {
    world.startAll();
    judge(new Standing(NAME, 3, 30, 10, 10));
    turn();

    assertThat(judge(new Standing(NAME, 3, 30, 8, 20))).isEqualTo(WENT_BACK);
  }

  @Test
  void aBackupThatIsOpenedOnceMoreAsItsStoreWasWentBack() {
    world.startAll();
    judge(new Standing(NAME, 3, 30, 10, 40));
    turn();

    assertThat(judge(new Standing(NAME, 3, 31, 10, 10))).isEqualTo(WENT_BACK);
  }

  @Test
  void whatWasSentBeforeARestartIsDroppedAndAccusesNobody() {
    world.startAll();
    judge(new Standing(NAME, 4, 40, 40, 41));
    turn();

    assertThat(judge(new Standing(NAME, 3, 30, 10, 40))).isEqualTo(OUTDATED);
    assertThat(judge(new Standing(NAME, 4, 40, 40, 42))).isEqualTo(LISTEN);
    assertThat(judge(new Standing(NAME, 3, 30, 10, 43)))
        .as("further than the later boot began")
        .isEqualTo(WENT_BACK);
  }

  @Test
  void aRestartIsListenedToWhenItIsFlushed() {
    world.startAll();
    judge(new Standing(NAME, 1, 10, 0, 7));
    turn();

    assertThat(judge(new Standing(NAME, 2, 20, 7, 7))).isEqualTo(LISTEN_WHEN_FLUSHED);
    turn();
    assertThat(judge(new Standing(NAME, 2, 20, 7, 9))).isEqualTo(LISTEN);
  }

  @Test
  void howFarItCameIsKeptWithTheNextFlush() {
    world.startAll();
    judge(FIRST);
    turn();
    judge(new Standing(NAME, 1, 10, 0, 50));
    stores[0].keep();
    stores[0].judge(SHARD, PEER, 2, SECOND);
    turn();

    node.crash();
    node.start();

    assertThat(judge(new Standing(NAME, 2, 20, 49, 49))).isEqualTo(WENT_BACK);
  }

  @Test
  void anotherIncarnationMayHaveAnotherStore() {
    world.startAll();
    judge(FIRST);
    turn();

    assertThat(stores[0].judge(SHARD, PEER, 2, SECOND)).isEqualTo(LISTEN_WHEN_FLUSHED);
  }

  private PeerStores.Verdict judge(Standing store) {
    return stores[0].judge(SHARD, PEER, 1, store);
  }

  private void turn() {
    loop[0].execute(() -> {});
    world.runFor(Duration.ofMillis(50));
  }
}
