package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request without entries, which only tells of a commit, leaves only when nothing follows. */
final class CommitNoticeTest {
  private final LoneReplica replica = new LoneReplica();

  @BeforeEach
  void becomeTheWriter() {
    replica.elect();
    for (int worker = 2; worker <= 5; worker++) {
      replica.acknowledges(worker, 1);
    }
    replica.turn();
    replica.happened.clear();
  }

  @Test
  void withNothingToFollowTheCommitIsToldInTheSameTurn() {
    replica.propose("a");
    replica.turn();
    replica.happened.clear();

    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.turn();

    assertThat(replica.happened)
        .containsExactly(
            "done 2", "AppendEntriesRequest worker-2", "AppendEntriesRequest worker-3");
  }

  @Test
  void entriesThatFollowInTheSameTurnTellOfTheCommit() {
    replica.propose("a");
    replica.turn();
    replica.happened.clear();

    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.commit.afterFlush(() -> replica.propose("b"));
    replica.turn();

    assertThat(replica.happened)
        .filteredOn(it -> it.startsWith("AppendEntriesRequest"))
        .containsExactly("AppendEntriesRequest worker-2", "AppendEntriesRequest worker-3");
    assertThat(replica.requests.values())
        .filteredOn(it -> it.getCommitIndex() == 2)
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.getLogEntries()).hasSize(1));
  }

  @Test
  void aFailedStoreTellsNobody() {
    replica.propose("a");
    replica.turn();
    replica.happened.clear();
    replica.disk.failing = true;

    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.commit.put(new byte[] {9}, new byte[] {9});
    replica.turn();

    assertThat(replica.happened).isEmpty();
  }
}
