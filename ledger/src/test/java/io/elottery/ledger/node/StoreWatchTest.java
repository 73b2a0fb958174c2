package io.elottery.ledger.node;

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
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What a worker says of a copy elsewhere that it does not listen to. */
final class StoreWatchTest {
  private static final ShardId SHARD = new ShardId(3);
  private static final NodeId SELF = NodeId.of("worker-1");
  private static final NodeId PEER = NodeId.of("worker-2");
  private static final Standing FIRST = Standing.first(StoreId.of(new byte[16]));
  private static final Standing OTHER =
      Standing.first(StoreId.of("another store...".getBytes(StandardCharsets.US_ASCII)));

  private final SimWorld world = new SimWorld(1);
  private final SimNode node = world.node("worker-1", Role.WORKER, this::boot);
  private final NodeLoop[] loop = new NodeLoop[1];
  private final StoreWatch[] watch = new StoreWatch[1];
  private boolean holds = true;

  private void boot(SimNode node) {
    loop[0] = node.loop("ledger");
    GroupCommit records =
        new GroupCommit(
            loop[0],
            SimStore.open(node),
            (where, problem) -> {
              throw new AssertionError(problem);
            });
    watch[0] =
        new StoreWatch(
            SELF, loop[0], (to, envelope) -> true, records, () -> Long.MAX_VALUE, new OneShard());
  }

  @Test
  void oneThatIsRefusedForTenSecondsIsNamed() {
    world.startAll();
    hear(FIRST, 1);
    hear(OTHER, 10);

    assertThat(watch[0].troubles()).isEmpty();
    hear(OTHER, 2);

    assertThat(watch[0].troubles())
        .containsExactly(
            "COPY_REFUSED shard-3: worker-2#1 is not listened to here: its store is another one"
                + " than it was");
  }

  @Test
  void itIsForgottenWhenItSpeaksNoMoreOrTheShardIsNotHeldHere() {
    world.startAll();
    hear(FIRST, 1);
    hear(OTHER, 15);
    assertThat(watch[0].troubles()).hasSize(1);

    holds = false;
    assertThat(watch[0].troubles()).isEmpty();
    holds = true;
    assertThat(watch[0].troubles()).hasSize(1);

    world.runFor(Duration.ofSeconds(7));
    assertThat(watch[0].troubles()).isEmpty();
    hear(OTHER, 1);
    assertThat(watch[0].troubles()).as("anew, not since then").isEmpty();
  }

  // Once a second.
  private void hear(Standing theirs, int seconds) {
    for (int i = 0; i < seconds; i++) {
      loop[0].execute(() -> watch[0].judge(SHARD, PEER, 1, theirs));
      world.runFor(Duration.ofSeconds(1));
    }
  }

  private final class OneShard implements StoreWatch.Held {
    @Override
    public void forEach(BiConsumer<ShardId, List<NodeId>> visitor) {
      visitor.accept(SHARD, List.of(SELF, PEER));
    }

    @Override
    public Optional<Long> incarnation(ShardId shard) {
      return holds ? Optional.of(1L) : Optional.empty();
    }

    @Override
    public Optional<NodeId> writer(ShardId shard) {
      return Optional.of(PEER);
    }

    @Override
    public void stop(ShardId shard, String why) {
      throw new AssertionError(why);
    }
  }
}
