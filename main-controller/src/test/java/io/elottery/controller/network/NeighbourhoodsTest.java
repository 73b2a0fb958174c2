package io.elottery.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeighbourhoodsTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");

  private final Neighbourhoods neighbourhoods =
      new Neighbourhoods(
          new NetworkPlan(
              Map.of(
                  ONE, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(TWO))),
                  TWO, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>()),
                  THREE, new NetworkPlan.Place(Hemisphere.RIGHT, new TreeSet<>()))));

  @Test
  void strangersBecomeNeighboursAndBack() {
    neighbourhoods.take(neighbourhoods.edits().link(Pair.of(THREE, ONE)));
    assertThat(neighbourhoods.areNeighbours(Pair.of(ONE, THREE))).isTrue();
    assertThat(neighboursOf(THREE)).containsExactly(ONE);

    neighbourhoods.take(neighbourhoods.edits().unlink(Pair.of(ONE, THREE)));
    assertThat(neighbourhoods.areNeighbours(Pair.of(ONE, THREE))).isFalse();
  }

  @Test
  void neighboursOfTheFileCanBeUnlinkedAndLinkedAgain() {
    neighbourhoods.take(neighbourhoods.edits().unlink(Pair.of(ONE, TWO)));
    assertThat(neighboursOf(ONE)).isEmpty();

    neighbourhoods.take(neighbourhoods.edits().link(Pair.of(ONE, TWO)));
    assertThat(neighbourhoods.areNeighbours(Pair.of(ONE, TWO))).isTrue();
  }

  @Test
  void olderEditsAreLeftAlone_andListenersHearOfNewOnes() {
    List<Long> heard = new ArrayList<>();
    neighbourhoods.onChange(() -> heard.add(neighbourhoods.edits().version()));
    PlanEdits first = PlanEdits.NONE.link(Pair.of(ONE, THREE));
    PlanEdits second = first.unlink(Pair.of(ONE, THREE));

    neighbourhoods.take(second);
    neighbourhoods.take(first);

    assertThat(neighbourhoods.areNeighbours(Pair.of(ONE, THREE))).isFalse();
    assertThat(heard).containsExactly(2L);
  }

  @Test
  void editsSurviveTheirBytes_andBrokenBytesAreRefused() throws Exception {
    PlanEdits edits = PlanEdits.NONE.link(Pair.of(ONE, THREE)).unlink(Pair.of(ONE, TWO));

    assertThat(PlanEdits.decode(edits.encode())).isEqualTo(edits);
    byte[] cut = java.util.Arrays.copyOf(edits.encode(), edits.encode().length - 1);
    assertThatThrownBy(() -> PlanEdits.decode(cut)).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void editsWithoutHalvesKeepTheFormatThatOlderMainsRead() throws Exception {
    PlanEdits pairs = PlanEdits.NONE.link(Pair.of(ONE, THREE));
    PlanEdits halves = pairs.assign(ONE, Hemisphere.RIGHT);

    assertThat(pairs.encode()[0]).isEqualTo((byte) 1);
    assertThat(halves.encode()[0]).isEqualTo((byte) 2);
    assertThat(PlanEdits.decode(halves.encode())).isEqualTo(halves);
    byte[] cut = java.util.Arrays.copyOf(halves.encode(), halves.encode().length - 1);
    assertThatThrownBy(() -> PlanEdits.decode(cut)).isInstanceOf(MalformedMessage.class);
    assertThat(neighbourhoods.with(halves).workers().get(ONE))
        .extracting(NetworkPlan.Place::hemisphere)
        .isEqualTo(Hemisphere.RIGHT);
  }

  @Test
  void whoIsRemovedIsInNobodysPlan() throws Exception {
    PlanEdits edits = PlanEdits.NONE.link(Pair.of(ONE, THREE)).remove(THREE);

    assertThat(edits.encode()[0]).isEqualTo((byte) 3);
    assertThat(PlanEdits.decode(edits.encode())).isEqualTo(edits);
    neighbourhoods.take(edits);
    assertThat(neighbourhoods.isRemoved(THREE)).isTrue();
    assertThat(neighbourhoods.get().workers()).doesNotContainKey(THREE);
    assertThat(neighboursOf(ONE)).doesNotContain(THREE);
  }

  @Test
  void whoIsAddedIsInEverybodysPlan_andGoneAgainWhenRemoved() throws Exception {
    NodeId four = NodeId.of("worker-4");
    PlanEdits edits =
        PlanEdits.NONE.add(
            four,
            new NetworkPlan.Place(
                Hemisphere.RIGHT, new Location("east", "a"), new TreeSet<>(List.of(ONE))));

    assertThat(edits.encode()[0]).isEqualTo((byte) 4);
    assertThat(PlanEdits.decode(edits.encode())).isEqualTo(edits);
    neighbourhoods.take(edits);
    assertThat(neighboursOf(four)).containsExactly(ONE);
    assertThat(neighbourhoods.get().locations()).containsEntry(four, new Location("east", "a"));
    neighbourhoods.take(edits.remove(four));
    assertThat(neighbourhoods.get().workers()).doesNotContainKey(four);
    assertThat(neighboursOf(ONE)).doesNotContain(four);
  }

  private SortedSet<NodeId> neighboursOf(NodeId worker) {
    NetworkPlan.Place place = neighbourhoods.get().workers().get(worker);
    return place == null ? new TreeSet<>() : place.neighbours();
  }
}
