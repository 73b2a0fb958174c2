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
import io.elottery.controller.staff.AuditEntry;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New workers come into a network that runs. */
class AdditionDeskTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId NEW = NodeId.of("worker-2");

  private final Wire.Station station = new Wire().station("main-1", Role.MAIN);
  private final MapRecords records = new MapRecords();
  private final Hemispheres halves = new Hemispheres(station.id);
  private final RecordingApprovals approvals = new RecordingApprovals();
  private final Set<NodeId> known = new TreeSet<>(List.of(ONE));
  private final List<AuditEntry> audit = new ArrayList<>();
  private final Neighbourhoods neighbourhoods =
      new Neighbourhoods(
          new NetworkPlan(Map.of(ONE, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>()))));

  @BeforeEach
  void elect() {
    NeighbourDesk desk =
        new NeighbourDesk(neighbourhoods, records, halves, station.loop, approvals);
    new AdditionDesk(
        new AdditionDesk.Ports(
            neighbourhoods,
            desk,
            approvals,
            Optional::empty,
            known::contains,
            worker -> CompletableFuture.completedFuture("token of " + worker),
            audit::add));
    halves.elected(Hemisphere.LEFT, 4);
  }

  @Test
  void itStandsInThePlanAndItsTokenIsShownOnceToTheProposer() throws Exception {
    ObjectNode action =
        json("{'workers':{'worker-2':{'hemisphere':'right','neighbours':['worker-1']}}}");

    assertThat(approvals.words(AdditionDesk.ADD, action))
        .contains("New servers of the network: worker-2 (RIGHT).")
        .contains("with a fresh key: worker-1 and worker-2.");
    assertThat(approvals.approved(AdditionDesk.ADD, action).join()).contains("may join");

    assertThat(neighbourhoods.get().workers().get(NEW))
        .extracting(NetworkPlan.Place::hemisphere)
        .isEqualTo(Hemisphere.RIGHT);
    assertThat(PlanEdits.decode(records.values.getOrDefault("plan-edits", new byte[0])))
        .isEqualTo(neighbourhoods.edits());
    assertThat(approvals.shown(AdditionDesk.ADD, action).join().toString())
        .isEqualTo("{\"tokens\":{\"worker-2\":\"token of worker-2\"}}");
    assertThat(approvals.shown(AdditionDesk.ADD, action).join()).isEmpty();
    assertThat(audit).extracting(AuditEntry::what).containsExactly("TOKEN_SHOWN");
  }

  @Test
  void whoIsThereAlreadyOrWasRemovedIsNotAdded() throws Exception {
    assertThatThrownBy(() -> approvals.words(AdditionDesk.ADD, json("{'workers':{'worker-1':{}}}")))
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo("ALREADY_SO"));
    neighbourhoods.take(neighbourhoods.edits().remove(NEW));
    assertThatThrownBy(() -> approvals.words(AdditionDesk.ADD, json("{'workers':{'worker-2':{}}}")))
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo("WAS_REMOVED"));
    for (String nonsense :
        List.of(
            "{'workers':{}}",
            "{'workers':{'Worker 3':{}}}",
            "{'workers':{'worker-3':{'hemisphere':'up'}}}",
            "{'workers':{'worker-3':{'datacentre':'EAST!'}}}",
            "{'workers':{'worker-3':{'neighbours':['worker-9']}}}",
            "{'workers':{'worker-3':{'neighbours':['worker-3']}}}")) {
      assertThatThrownBy(() -> approvals.words(AdditionDesk.ADD, json(nonsense)))
          .as(nonsense)
          .isInstanceOf(ActionRefused.class);
    }
  }

  @Test
  void oneThatLostItsTokenBeforeItJoinedGetsAnother() throws Exception {
    ObjectNode action = json("{'workers':{'worker-2':{'neighbours':['worker-1']}}}");
    approvals.approved(AdditionDesk.ADD, action).join();
    long version = neighbourhoods.edits().version();

    assertThat(approvals.words(AdditionDesk.ADD, action)).contains("Another token for worker-2");
    approvals.approved(AdditionDesk.ADD, action).join();

    assertThat(neighbourhoods.edits().version()).isEqualTo(version);
    known.add(NEW);
    assertThat(approvals.shown(AdditionDesk.ADD, action).join()).isEmpty();
  }

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
