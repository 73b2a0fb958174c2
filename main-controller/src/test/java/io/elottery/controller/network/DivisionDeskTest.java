package io.elottery.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.MapRecords;
import io.elottery.controller.RecordingApprovals;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DivisionDeskTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");

  private final Wire.Station station = new Wire().station("main-1", Role.MAIN);
  private final MapRecords records = new MapRecords();
  private final Hemispheres halves = new Hemispheres(station.id);
  private final RecordingApprovals approvals = new RecordingApprovals();
  private final Neighbourhoods neighbourhoods =
      new Neighbourhoods(
          new NetworkPlan(
              Map.of(
                  ONE, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(TWO))),
                  TWO, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(THREE))),
                  THREE, new NetworkPlan.Place(Hemisphere.RIGHT, new TreeSet<>()))));
  private Optional<Ring> ring = Optional.empty();

  @BeforeEach
  void elect() {
    NeighbourDesk desk =
        new NeighbourDesk(neighbourhoods, records, halves, station.loop, approvals);
    new DivisionDesk(
        new DivisionDesk.Ports(
            neighbourhoods, desk, approvals, () -> ring, station.loop, station.loop));
    halves.elected(Hemisphere.LEFT, 4);
  }

  @Test
  void halvesAndNeighboursChangeInOneStepAndSurviveInTheRecord() throws Exception {
    approve(
        "{'assign':{'worker-2':'right'},'neighbours':{'worker-3':['worker-1','worker-2']},"
            + "'reason':''}");

    assertThat(place(TWO).hemisphere()).isEqualTo(Hemisphere.RIGHT);
    assertThat(place(THREE).neighbours()).containsExactly(ONE, TWO);
    PlanEdits recorded = PlanEdits.decode(records.values.getOrDefault("plan-edits", new byte[0]));
    assertThat(recorded).isEqualTo(neighbourhoods.edits());
    assertThat(recorded.halves()).containsEntry(TWO, Hemisphere.RIGHT);
  }

  @Test
  void effectNamesKeysObserversAndHalves() throws Exception {
    assertThat(words("{'assign':{'worker-1':'right'},'link':['worker-3,worker-1']}"))
        .contains("worker-1 goes to RIGHT.")
        .contains("with a fresh key: worker-1 and worker-3.")
        .doesNotContain("PROMISE");
    assertThat(words("{'unlink':['worker-2,worker-3'],'reason':'rack moves'}"))
        .contains("keys destroyed: worker-2 and worker-3.")
        .contains("BREAKS A PROMISE: Watched by no neighbour any more, by main alone: worker-3.")
        .contains("part")
        .contains("Watched by fewer than 3 neighbours: worker-2.")
        .endsWith("Reason: rack moves");
  }

  @Test
  void brokenPromiseNeedsAReason() {
    assertThatThrownBy(() -> words("{'unlink':['worker-2,worker-3']}"))
        .isInstanceOfSatisfying(
            ActionRefused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("INVALID");
              assertThat(refused.detail()).contains("needs a reason", "worker-3");
            });
    assertThatThrownBy(() -> words("{'assign':{'worker-3':'left'}}"))
        .hasMessageContaining("RIGHT has no worker any more");
  }

  @Test
  void drawsWhoseCopiesAreLeftUnwatchedAreNamed() throws Exception {
    ring =
        Optional.of(
            RingBuilder.place(
                new TreeMap<>(
                    Map.of(ONE, Location.UNKNOWN, TWO, Location.UNKNOWN, THREE, Location.UNKNOWN)),
                2,
                3));

    assertThat(words("{'neighbours':{'worker-2':[]},'reason':'rack moves'}"))
        .contains("Draws that may lose their copies unnoticed")
        .contains("shard-0; shard-1");
    assertThat(words("{'assign':{'worker-3':'left'},'reason':'rack moves'}"))
        .contains("Draws all of whose copies one half supervises: those of shard-0; shard-1.");
  }

  @Test
  void whatIsSoAlreadyAndWhatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> words("{'link':['worker-1,worker-2']}"))
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo("ALREADY_SO"));
    for (String nonsense :
        List.of(
            "{'assign':{'worker-9':'left'}}",
            "{'assign':{'worker-1':'up'}}",
            "{'link':['worker-1']}",
            "{'link':['worker-1,worker-1']}",
            "{'neighbours':{'worker-1':['worker-1']}}")) {
      assertThatThrownBy(() -> words(nonsense)).isInstanceOf(ActionRefused.class);
    }
  }

  @Test
  void carriedOutAgainAfterATakeOverItDoesNoHarm() throws Exception {
    approve("{'link':['worker-1,worker-3']}");
    long version = neighbourhoods.edits().version();

    assertThatThrownBy(() -> words("{'link':['worker-1,worker-3']}"))
        .isInstanceOf(ActionRefused.class);
    assertThat(neighbourhoods.edits().version()).isEqualTo(version);
  }

  private void approve(String action) throws Exception {
    assertThat(approvals.approved(DivisionDesk.DIVIDE, json(action)).join())
        .isEqualTo("The servers are divided so.");
  }

  private String words(String action) throws Exception {
    return approvals.words(DivisionDesk.DIVIDE, json(action));
  }

  private NetworkPlan.Place place(NodeId id) {
    return Optional.ofNullable(neighbourhoods.get().workers().get(id)).orElseThrow();
  }

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
