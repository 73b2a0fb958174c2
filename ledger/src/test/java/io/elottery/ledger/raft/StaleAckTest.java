package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static io.elottery.ledger.raft.LoneReplica.success;
import static io.elottery.ledger.raft.LoneReplica.trigger;
import static io.elottery.ledger.raft.LoneReplica.vote;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Guard 1: an acknowledgement of an older term counts for nothing (Raft thesis §3.6.2, figure 3.7).
 */
final class StaleAckTest {
  private final LoneReplica replica = new LoneReplica();

  @Test
  void anAcknowledgementFromBeforeTheOverwriteCommitsNothing() {
    replica.elect();
    replica.propose("of term 1");
    replica.turn();

    // All this has arrived before the loop turns; the late word of worker-2 still in its own term.
    replica.arrives(3, append(3, 2, 0, 1));
    replica.arrives(3, trigger(3, 2, 1));
    replica.arrives(3, vote(3, 3));
    replica.arrives(4, vote(4, 3));
    replica.arrives(3, success(3, 3, 2));
    replica.arrives(2, success(2, 1, 2));
    replica.turn();

    assertThat(replica.group.status().term()).isEqualTo(3);
    assertThat(replica.group.writes()).isTrue();
    assertThat(replica.group.status().commitIndex()).as("two of five have it").isZero();
    assertThat(replica.group.staleDropped()).isEqualTo(1);
  }

  @Test
  void anAcknowledgementOfTheSameTermCommits() {
    replica.elect();

    replica.arrives(3, success(3, 1, 1));
    replica.arrives(2, success(2, 1, 1));
    replica.turn();

    assertThat(replica.group.status().commitIndex()).isEqualTo(1);
  }

  @Test
  void theTermThatCountsIsTheOneOfTheMomentItIsExecuted() {
    replica.elect();
    replica.acknowledges(2, 1);
    replica.acknowledges(3, 1);
    replica.turn();
    replica.propose("a");
    // Handled inside another task of the replica: current when it arrives, old when it is executed.
    replica.whileApplying =
        () -> {
          replica.whileApplying = () -> {};
          replica.arrives(4, append(4, 2, 2, 0));
          replica.handled(5, success(5, 1, 2));
        };
    replica.acknowledges(2, 2);
    replica.acknowledges(3, 2);
    replica.turn();

    assertThat(replica.group.status().term()).isEqualTo(2);
    assertThat(replica.group.staleDropped()).isEqualTo(1);
  }
}
