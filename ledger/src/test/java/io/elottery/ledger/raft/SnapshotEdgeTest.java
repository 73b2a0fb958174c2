package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guard 2: a replica whose log begins at its snapshot takes entries that follow the snapshot. */
final class SnapshotEdgeTest {
  private static final String SUCCESS = "AppendEntriesSuccessResponse worker-2";

  private final LoneReplica replica =
      new LoneReplica(
          new RaftSettings(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              10,
              16L << 20,
              256,
              8));

  @BeforeEach
  void restartWithASnapshotAndALogAfterIt() {
    replica.arrives(2, append(2, 1, 0, 10, 10));
    replica.arrives(2, append(2, 1, 10, 5, 10));
    replica.turn();
    replica.restart();
    assertThat(replica.group.status().lastIndex()).isEqualTo(15);
    replica.happened.clear();
  }

  @Test
  void entriesAfterTheSnapshotAreTaken() {
    replica.arrives(2, append(2, 1, 10, 8, 18));
    replica.turn();

    assertThat(replica.happened).contains(SUCCESS);
    assertThat(replica.group.status().appliedIndex()).isEqualTo(18);
  }

  @Test
  void entriesFromBeforeTheSnapshotOnAreTaken() {
    replica.arrives(2, append(2, 1, 5, 13, 18));
    replica.turn();

    assertThat(replica.happened).contains(SUCCESS);
    assertThat(replica.group.status().appliedIndex()).isEqualTo(18);
  }

  @Test
  void anotherWritersEntriesReplaceThoseAfterTheSnapshot() {
    replica.arrives(3, laterTerm());
    replica.turn();

    assertThat(replica.group.status().lastIndex()).isEqualTo(12);
    assertThat(replica.group.status().appliedIndex()).isEqualTo(12);
  }

  @Test
  void theWriterHearsThatAnOldSnapshotIsHereAlready() {
    replica.arrives(2, append(2, 1, 15, 3, 18));
    replica.turn();
    replica.happened.clear();

    replica.arrives(2, offer(4, true));
    replica.turn();

    assertThat(replica.happened).containsExactly(SUCCESS);
    assertThat(replica.group.status().appliedIndex()).isEqualTo(18);
  }

  @Test
  void whatIsCommittedIsNotTakenBack() {
    replica.arrives(2, append(2, 1, 15, 3, 18));
    replica.turn();
    replica.happened.clear();

    replica.arrives(2, append(2, 1, 12, 0, 20));
    replica.turn();

    assertThat(replica.happened).contains(SUCCESS);
    assertThat(replica.group.status().commitIndex()).isEqualTo(18);
  }

  @Test
  void anotherFollowersOldSnapshotIsNotAnswered() {
    replica.arrives(2, append(2, 1, 15, 3, 18));
    replica.turn();
    replica.happened.clear();

    replica.arrives(3, offer(4, false));
    replica.turn();

    assertThat(replica.happened).isEmpty();
  }

  private static InstallSnapshotRequest offer(long index, boolean writer) {
    List<RaftEndpoint> all =
        IntStream.rangeClosed(1, 5).<RaftEndpoint>mapToObj(LoneReplica::endpoint).toList();
    return EntryCodec.MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(LoneReplica.SHARD)
        .setSender(LoneReplica.endpoint(2))
        .setTerm(1)
        .setSenderLeader(writer)
        .setSnapshotTerm(1)
        .setSnapshotIndex(index)
        .setTotalSnapshotChunkCount(1)
        .setSnapshotChunk(null)
        .setSnapshottedMembers(List.of(LoneReplica.endpoint(2)))
        .setGroupMembersView(
            EntryCodec.MODEL
                .createRaftGroupMembersViewBuilder()
                .setLogIndex(0)
                .setMembers(all)
                .setVotingMembers(all)
                .build())
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .build();
  }

  /** Entries 11 and 12 of term 2 after the snapshot of term 1. */
  private static AppendEntriesRequest laterTerm() {
    var entries = append(3, 2, 10, 2, 12);
    return EntryCodec.MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(LoneReplica.SHARD)
        .setSender(LoneReplica.endpoint(3))
        .setTerm(2)
        .setPreviousLogIndex(10)
        .setPreviousLogTerm(1)
        .setCommitIndex(12)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .setLogEntries(entries.getLogEntries())
        .build();
  }
}
