package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The log in memory is bounded in bytes, not only in entries. */
final class SnapshotBytesTest {
  private static final int LARGE = 1 << 20;

  private final LoneReplica replica =
      new LoneReplica(
          new RaftSettings(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              100,
              16L << 20,
              256,
              2));

  @Test
  void aSnapshotIsTakenWhenTheEntriesSinceTheLastOneAreLarge() {
    replica.elect();

    commit(2, 60);

    assertThat(replica.happened).contains("snapshot");
    assertThat(replica.disk.entries.values().stream().mapToLong(it -> it.length).sum())
        .as("bytes of entries and snapshot kept")
        .isLessThan(30L << 20);
  }

  @Test
  void smallEntriesWaitForTheirCount() {
    replica.arrives(2, append(2, 1, 0, 90));
    replica.turn();
    replica.pass(Duration.ofSeconds(1));

    assertThat(replica.happened).doesNotContain("snapshot");
  }

  private void commit(int first, int last) {
    for (int index = first; index <= last; index++) {
      replica.propose("x".repeat(LARGE));
      replica.acknowledges(2, index);
      replica.acknowledges(3, index);
      replica.turn();
      replica.acknowledges(4, index);
      replica.acknowledges(5, index);
      replica.turn();
    }
  }
}
