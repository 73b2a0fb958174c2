package io.elottery.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.MapRecords;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.rosters.RosterFile;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementDeskTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final Wire wire = new Wire();
  private final MapRecords records = new MapRecords();

  @Test
  void theFirstLeaderPlacesAndRecordsOnce() throws Exception {
    RosterKeeper first = lead("main-1", 3, 1);
    byte[] recorded = records.values.get("ring");

    RosterKeeper second = lead("main-2", 4, 2);

    assertThat(recorded).isEqualTo(first.ring().orElseThrow().encode());
    assertThat(second.ring()).isEqualTo(first.ring());
  }

  @Test
  void withTheRecordsAwayItTriesAgain() {
    records.away = true;
    RosterKeeper roster = lead("main-1", 3, 1);
    assertThat(roster.ring()).isEmpty();

    records.away = false;
    wire.pass(Duration.ofSeconds(2));

    assertThat(roster.ring()).isPresent();
  }

  @Test
  void aRingInTheRosterOnDiskWinsOverAFreshOne() {
    Ring old = RingBuilder.place(List.of(NodeId.of("worker-9")), 2, 1);
    RosterKeeper before = lead("main-1", 1, 1);
    records.values.clear();
    before.place(old);
    wire.pass(Duration.ofMillis(100));

    RosterKeeper again = lead("main-1", 2, 2);

    assertThat(again.ring()).contains(old);
    assertThat(records.values.get("ring")).isEqualTo(old.encode());
  }

  private RosterKeeper lead(String main, int workers, long fence) {
    Wire.Station at = wire.station(main, Role.MAIN);
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (int i = 1; i <= workers; i++) {
      places.put(NodeId.of("worker-" + i), new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>()));
    }
    NetworkPlan plan = new NetworkPlan(places);
    Hemispheres halves = new Hemispheres(at.id);
    RosterKeeper roster =
        new RosterKeeper(
            new RosterKeeper.Ports(
                at.board,
                at.loop,
                halves,
                new ServerBook(plan),
                new RosterFile(directory.resolve(main))),
            () -> plan,
            List.of());
    halves.add(roster);
    halves.add(
        new PlacementDesk(
            records,
            at.loop,
            halves,
            roster,
            plan,
            PlacementConfig.from(ConfigSource.of(Map.of()))));
    halves.elected(Hemisphere.LEFT, fence);
    wire.pass(Duration.ofMillis(100));
    return roster;
  }
}
