package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.ledger.store.StoreFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Guard 3: after a failed sync nothing leaves any more, since it would speak for what may be gone.
 */
final class FailedSyncTest {
  private final LoneReplica replica = new LoneReplica();

  @Test
  void neitherHeartbeatNorAppendRequestLeavesAfterAFailedSync() {
    replica.elect();
    replica.disk.failing = true;
    replica.propose("a");
    replica.turn();
    replica.happened.clear();

    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.acknowledges(4, 2);
    replica.propose("b");
    replica.read();
    replica.pass(Duration.ofSeconds(10));

    assertThat(replica.happened).isEmpty();
  }

  @Test
  void aVoteIsNotGivenWhenItCouldNotBeKept() {
    replica.disk.failing = true;
    replica.happened.clear();

    replica.arrives(2, vote(2, 1));
    replica.arrives(2, LoneReplica.append(2, 1, 0, 3));
    replica.pass(Duration.ofSeconds(10));

    assertThat(replica.happened).isEmpty();
  }

  @Test
  void aDiskThatRecoversIsNotBelieved() {
    replica.disk.failing = true;
    replica.arrives(2, LoneReplica.append(2, 1, 0, 3));
    replica.turn();
    replica.happened.clear();

    replica.disk.failing = false;
    replica.arrives(2, LoneReplica.append(2, 1, 3, 1));
    replica.pass(Duration.ofSeconds(10));

    assertThat(replica.happened).isEmpty();
  }

  @Test
  void aFailedWriteThatMicroRaftSwallowsEndsEverythingToo() {
    replica.elect();
    replica.disk.full = true;
    replica.happened.clear();

    replica.propose("a");
    replica.pass(Duration.ofSeconds(3));

    assertThat(replica.faults).singleElement().isInstanceOf(StoreFailed.class);
    assertThat(replica.happened).isEmpty();
  }

  @Test
  void theFaultIsToldOnce() {
    replica.elect();
    replica.disk.failing = true;
    replica.propose("a");
    replica.turn();
    replica.propose("b");
    replica.pass(Duration.ofSeconds(3));

    assertThat(replica.faults).singleElement().isInstanceOf(StoreFailed.class);
  }
}
