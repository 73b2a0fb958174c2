package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guards 6 and 10: run, append requests, one sync, then everything else. */
final class FlushOrderTest {
  private final LoneReplica replica = new LoneReplica();

  @BeforeEach
  void forgetTheStart() {
    replica.happened.clear();
  }

  @Test
  void appendRequestsLeaveBeforeTheSyncAndTheCompletionAfterIt() {
    replica.elect();
    replica.acknowledges(2, 1);
    replica.acknowledges(3, 1);
    replica.turn();
    replica.happened.clear();

    replica.propose("a");
    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.turn();

    List<String> happened = replica.happened;
    assertThat(happened).contains("sync", "done 2");
    assertThat(happened).containsOnlyOnce("sync");
    assertThat(happened.get(0)).startsWith("AppendEntriesRequest");
    assertThat(happened.indexOf("sync")).isLessThan(happened.indexOf("done 2"));
  }

  @Test
  void threeFollowersAloneLetNoAnswerOut() {
    replica.elect();
    replica.disk.failing = true;

    replica.propose("a");
    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.acknowledges(4, 2);
    replica.pass(Duration.ofSeconds(2));

    assertThat(replica.applied).as("MicroRaft commits with three followers").contains("2");
    assertThat(replica.happened).doesNotContain("done 2");
  }

  @Test
  void aFollowerAcknowledgesAfterItsSync() {
    replica.arrives(2, append(2, 1, 0, 2));
    replica.turn();

    assertThat(replica.happened).containsExactly("sync", "AppendEntriesSuccessResponse worker-2");
  }

  @Test
  void aVoteLeavesAfterItsSync() {
    replica.arrives(
        2,
        EntryCodec.MODEL
            .createVoteRequestBuilder()
            .setGroupId(LoneReplica.SHARD)
            .setSender(LoneReplica.endpoint(2))
            .setTerm(1)
            .setLastLogTerm(0)
            .setLastLogIndex(0)
            .setSticky(false)
            .build());
    replica.turn();

    assertThat(replica.happened).containsExactly("sync", "VoteResponse worker-2");
  }

  @Test
  void nothingButAppendRequestsEverLeavesWhileSomethingIsUnsynced() {
    replica.elect();
    for (int i = 2; i < 200; i++) {
      replica.propose("entry " + i);
      replica.acknowledges(2, i - 1);
      replica.acknowledges(3, i);
      replica.pass(Duration.ofMillis(20));
    }

    assertThat(replica.happened).contains("done 150").noneMatch(it -> it.startsWith("TOO EARLY"));
    assertThat(replica.commit.lastFlushNanos()).as("the time of a real sync").isPositive();
  }

  @Test
  void aTurnThatWroteSyncsOnce() {
    replica.arrives(2, append(2, 1, 0, 2));
    replica.arrives(2, append(2, 1, 2, 0));
    replica.turn();

    assertThat(replica.happened).containsOnlyOnce("sync");
  }
}
