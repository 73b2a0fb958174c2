package io.elottery.controller.rosters;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Party;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterKeeperTest {
  private static final NodeId W1 = NodeId.of("worker-1");
  private static final NetworkPlan PLAN =
      new NetworkPlan(Map.of(W1, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>())));

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final Wire wire = new Wire();
  private final Wire.Station first = wire.station("main-1", Role.MAIN);
  private final Wire.Station second = wire.station("main-2", Role.MAIN);
  private final Wire.Station worker = wire.station("worker-1", Role.WORKER);
  private final Hemispheres firstHalves = new Hemispheres(first.id);
  private final ServerBook book = new ServerBook(PLAN);

  @BeforeEach
  void load() {
    book.load(List.of());
  }

  @Test
  void aLeaderAnnouncesItsFenceAndThenPushesTheRoster() throws Exception {
    RosterKeeper keeper = keeper(first, firstHalves);
    keeper.connected(worker.peer);

    firstHalves.elected(Hemisphere.LEFT, 4);
    keeper.place(RingBuilder.place(List.of(W1), 1, 1));
    wire.pass(Duration.ofMillis(100));

    assertThat(worker.inbox.get(0).kind()).isEqualTo(ReportsKinds.LEAD);
    Roster roster = last(worker);
    assertThat(roster.fence()).isEqualTo(4);
    assertThat(roster.version()).isEqualTo(1);
    assertThat(roster.leads()).containsExactly(new Lead(Hemisphere.LEFT, first.id, 4));
    assertThat(keeper.ring()).isPresent();
  }

  @Test
  void onlyChangesMakeANewVersion() throws Exception {
    RosterKeeper keeper = leading();

    keeper.changed();
    wire.pass(Duration.ofMillis(100));
    book.announced(worker.peer, announce());
    keeper.changed();
    wire.pass(Duration.ofMillis(100));

    assertThat(keeper.current().version()).isEqualTo(2);
    assertThat(last(worker).worker(W1).orElseThrow().link()).contains(Address.parse("h:2"));
  }

  @Test
  void anotherMainTakesTheRosterKeepsItAndPushesItOn() throws Exception {
    Hemispheres secondHalves = new Hemispheres(second.id);
    RosterKeeper other = keeper(second, secondHalves);
    RosterKeeper keeper = keeper(first, firstHalves);
    keeper.connected(second.peer);
    other.connected(worker.peer);

    firstHalves.elected(Hemisphere.LEFT, 4);
    wire.pass(Duration.ofMillis(100));

    assertThat(other.current()).isEqualTo(keeper.current());
    assertThat(last(worker)).isEqualTo(keeper.current());
    assertThat(keeper(second, new Hemispheres(second.id)).current()).isEqualTo(keeper.current());
  }

  @Test
  void aPartyKeepsItsFirstKey() {
    RosterKeeper keeper = leading();
    byte[] key = new byte[32];
    byte[] other = new byte[32];
    other[0] = 1;

    assertThat(keeper.party(new Party("AUDITOR-1", key))).isTrue();
    assertThat(keeper.party(new Party("AUDITOR-1", other))).isFalse();
    assertThat(keeper.party(new Party("AUDITOR-1", key))).isTrue();
  }

  @Test
  void aStrangersRosterIsIgnored() {
    RosterKeeper keeper = keeper(first, firstHalves);
    Roster forged =
        new Roster(99, 1, List.of(), List.of(), List.of(), List.of(), new byte[0], List.of());

    worker.board.send(first.id, forged.envelope());
    wire.settle();

    assertThat(keeper.current()).isEqualTo(Roster.EMPTY);
  }

  private RosterKeeper leading() {
    RosterKeeper keeper = keeper(first, firstHalves);
    keeper.connected(worker.peer);
    firstHalves.elected(Hemisphere.LEFT, 4);
    wire.pass(Duration.ofMillis(100));
    return keeper;
  }

  private RosterKeeper keeper(Wire.Station at, Hemispheres halves) {
    RosterKeeper keeper =
        new RosterKeeper(
            new RosterKeeper.Ports(
                at.board,
                at.loop,
                halves,
                book,
                new RosterFile(directory.resolve(at.id.name()).resolve("roster"))),
            () -> PLAN,
            List.of(new RosterMain(first.id, Address.parse("h:9"))));
    halves.add(keeper);
    return keeper;
  }

  private static Announce announce() {
    return new Announce(
        Optional.of(Address.parse("h:1")),
        Optional.of(Address.parse("h:2")),
        Optional.of("s"),
        1,
        0,
        0,
        0);
  }

  private static Roster last(Wire.Station station) throws Exception {
    List<Envelope> rosters = station.got(ReportsKinds.ROSTER);
    return Roster.parse(rosters.get(rosters.size() - 1).body());
  }
}
