package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guard 8: MicroRaft commits with half of an even number. */
final class GroupSizeTest {
  private final LoneReplica replica = new LoneReplica();

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void anEvenNumberOfFirstMembersIsRefused(int size) {
    List<Member> members = LoneReplica.MEMBERS.subList(0, size);

    assertThatThrownBy(() -> open(members)).hasMessageContaining(size + " first members");
    assertThatThrownBy(() -> new Placement(LoneReplica.SHARD, members))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneAndThreeAreTaken() {
    assertThat(open(LoneReplica.MEMBERS.subList(0, 1)).writes()).isTrue();
    assertThat(open(LoneReplica.MEMBERS.subList(0, 3)).writes()).isFalse();
  }

  private RaftGroup open(List<Member> members) {
    return replica.another(members);
  }
}
