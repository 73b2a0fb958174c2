package io.elottery.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.MapRecords;
import io.elottery.controller.RecordingApprovals;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighbourDeskTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");

  private final Wire wire = new Wire();
  private final MapRecords records = new MapRecords();
  private final Main first = new Main("main-1");
  private final Main second = new Main("main-2");

  /** One main with its own view of the plan. */
  private final class Main {
    final Wire.Station station;
    final Hemispheres halves;
    final RecordingApprovals approvals = new RecordingApprovals();
    final Neighbourhoods neighbourhoods =
        new Neighbourhoods(
            new NetworkPlan(
                Map.of(
                    ONE, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(TWO))),
                    TWO, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>()),
                    THREE, new NetworkPlan.Place(Hemisphere.RIGHT, new TreeSet<>()))));

    Main(String name) {
      station = wire.station(name, Role.MAIN);
      halves = new Hemispheres(station.id);
      NeighbourDesk desk =
          new NeighbourDesk(neighbourhoods, records, halves, station.loop, approvals);
      halves.add(desk);
      desk.start(new StaffCalls(station.board, halves));
    }
  }

  @BeforeEach
  void elect() {
    first.halves.elected(Hemisphere.LEFT, 4);
  }

  @Test
  void approvedLinkIsRecordedAndKnownToEveryMain() throws Exception {
    first.approvals.approved(NeighbourDesk.LINK, pair("worker-3", "worker-1")).join();
    wire.pass(Duration.ofSeconds(6));

    assertThat(first.neighbourhoods.areNeighbours(Pair.of(ONE, THREE))).isTrue();
    assertThat(second.neighbourhoods.areNeighbours(Pair.of(ONE, THREE))).isTrue();
  }

  @Test
  void newLeaderGoesOnFromTheRecords() throws Exception {
    first.approvals.approved(NeighbourDesk.UNLINK, pair("worker-1", "worker-2")).join();

    second.halves.elected(Hemisphere.LEFT, 5);
    wire.settle();
    second.approvals.approved(NeighbourDesk.LINK, pair("worker-2", "worker-3")).join();

    assertThat(second.neighbourhoods.areNeighbours(Pair.of(ONE, TWO))).isFalse();
    assertThat(second.neighbourhoods.areNeighbours(Pair.of(TWO, THREE))).isTrue();
  }

  @Test
  void changeThatWasMadeAlreadyIsNotMadeTwice() throws Exception {
    ObjectNode action = pair("worker-1", "worker-3");
    first.approvals.approved(NeighbourDesk.LINK, action).join();

    assertThatThrownBy(() -> first.approvals.words(NeighbourDesk.LINK, action))
        .isInstanceOfSatisfying(
            ActionRefused.class, refused -> assertThat(refused.code()).isEqualTo("ALREADY_SO"));
  }

  @Test
  void wordsSayWhoIsLeftWithMainAlone() throws Exception {
    assertThat(first.approvals.words(NeighbourDesk.UNLINK, pair("worker-1", "worker-2")))
        .contains("worker-1 is then watched by main alone")
        .contains("worker-2 is then watched by main alone");
  }

  @Test
  void strangersToTheNetworkAreNamed() {
    assertThatThrownBy(
            () -> first.approvals.words(NeighbourDesk.LINK, pair("worker-1", "worker-9")))
        .hasMessageContaining("\"worker-9\" is no worker");
    assertThatThrownBy(
            () -> first.approvals.words(NeighbourDesk.LINK, pair("worker-1", "worker-1")))
        .hasMessageContaining("two different workers");
  }

  private static ObjectNode pair(String a, String b) {
    return JsonNodeFactory.instance.objectNode().put("a", a).put("b", b);
  }
}
