package io.elottery.ledger.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.MemberStep.Kind;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final NodeId WRITER = NodeId.of("worker-1");
  private static final List<Member> HELD =
      IntStream.rangeClosed(1, 5).mapToObj(ExchangeTest::at).toList();
  private static final PlacementRecord ANEW =
      new PlacementRecord(SHARD, 0, 1, HELD, List.of(), "", Instant.EPOCH)
          .exchange(WRITER, WRITER, "lost", Instant.EPOCH.plusSeconds(1));

  @Test
  void theWriterHandsOverToTheFirstThatHearsIt() {
    assertThat(new Exchange(ANEW, views(Optional.of(WRITER)), workers()).next())
        .isEqualTo(handOver(at(2)));
  }

  @Test
  void itDoesNotHandOverToOneThatDoesNotListenToIt() {
    assertThat(new Exchange(ANEW, views(Optional.empty()), workers()).next())
        .isEqualTo(handOver(at(3)));
  }

  private static NextStep handOver(Member to) {
    return new NextStep.Take(WRITER, MemberStep.of(SHARD, Kind.HAND_OVER, to));
  }

  private static List<ReplicaView> views(Optional<NodeId> heardBySecond) {
    List<ReplicaView> all = new ArrayList<>();
    for (Member member : HELD) {
      all.add(view(member, member.equals(at(2)) ? heardBySecond : Optional.of(WRITER)));
    }
    return all;
  }

  private static ReplicaView view(Member member, Optional<NodeId> writer) {
    boolean writes = member.node().equals(WRITER);
    TreeMap<Member, Long> positions = new TreeMap<>();
    if (writes) {
      HELD.stream().skip(1).forEach(other -> positions.put(other, 277L));
      positions.put(at(2), 0L);
    }
    return new ReplicaView(
        SHARD,
        member,
        writes,
        writer,
        5,
        277,
        277,
        277,
        new Membership(0, true, HELD, List.of()),
        positions,
        List.of(),
        0,
        0,
        List.of());
  }

  private static List<NodeId> workers() {
    return HELD.stream().map(Member::node).toList();
  }

  private static Member at(int worker) {
    return new Member(NodeId.of("worker-" + worker), 1);
  }
}
