package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static io.elottery.ledger.raft.LoneReplica.endpoint;
import static io.elottery.ledger.raft.LoneReplica.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Guard 12: a snapshot that removes less than the one before leaves the log's head where it is. */
final class LogHeadTest {
  private static final int LARGE = 1 << 20;

  // By their size snapshots come far sooner than by their count, so fewer entries are removed.
  private final LoneReplica replica =
      new LoneReplica(
          new RaftSettings(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              1_000,
              4L * LARGE,
              256,
              8));

  @Test
  void theWriterGoesOnThoughItDoesNotKnowHowFarOneIs() {
    replica.elect();
    commit(2, 12, 5);
    assertThat(replica.happened).as("all have all: nothing is kept").contains("snapshot");
    replica.happened.clear();

    // Elected anew it knows of none how far they are, and worker-5 stays away.
    replica.arrives(2, append(2, 2, 12, 0));
    replica.turn();
    replica.group.electInsteadOf(LoneReplica.MEMBERS.get(1).node());
    replica.turn();
    replica.arrives(3, vote(3, 3));
    replica.arrives(4, vote(4, 3));
    replica.turn();
    assertThat(replica.group.writes()).isTrue();
    commit(13, 24, 4);
    assertThat(replica.happened).contains("snapshot");

    for (int refused = 0; refused < 20; refused++) {
      replica.arrives(5, lacksWhatItWasAskedFor());
      replica.pass(Duration.ofMillis(10));
    }
    assertThat(replica.faults).isEmpty();
    assertThat(replica.happened).contains("InstallSnapshotRequest worker-5");
    commit(25, 27, 4);

    assertThat(replica.group.status().appliedIndex()).isEqualTo(27);
  }

  private void commit(int first, int last, int members) {
    for (int index = first; index <= last; index++) {
      if (replica.group.status().lastIndex() < index) {
        replica.propose("x".repeat(LARGE));
      }
      for (int worker = 2; worker <= members; worker++) {
        replica.acknowledges(worker, index);
      }
      replica.turn();
    }
  }

  private AppendEntriesFailureResponse lacksWhatItWasAskedFor() {
    AppendEntriesRequest asked =
        Objects.requireNonNull(replica.requests.get(LoneReplica.MEMBERS.get(4).node()));
    return EntryCodec.MODEL
        .createAppendEntriesFailureResponseBuilder()
        .setGroupId(LoneReplica.SHARD)
        .setSender(endpoint(5))
        .setTerm(3)
        .setExpectedNextIndex(asked.getPreviousLogIndex() + 1)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(asked.getFlowControlSequenceNumber())
        .build();
  }
}
