package io.elottery.controller.app;

import io.elottery.controller.draws.DrawLookup;
import io.elottery.controller.health.HealthPorts;
import io.elottery.controller.health.HealthRoom;
import io.elottery.controller.health.Lookout;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.history.HistoryDesk;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.supervision.NetworkDesk;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.controller.votes.HeadAlarms;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.reports.history.ReportNumbers;
import io.elottery.reports.roster.RosterMain;
import io.elottery.reports.roster.RosterWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** What looks after the network's health, and what it looks at, wired. */
final class HealthParts {
  private final RosterKeeper roster;
  private final HealthRoom room;
  private final HistoryDesk history;
  private final StaffCalls calls;

  /** What else of this main it works with. */
  record Around(
      Switchboard board,
      NodeLoop loop,
      Executor disk,
      Hemispheres halves,
      RegistrySession session,
      RosterKeeper roster,
      Supervisor supervisor,
      NetworkDesk network,
      VaultParts vaults,
      HeadAlarms headAlarms,
      DrawLookup draws,
      StaffCalls calls) {}

  HealthParts(ControllerConfig config, ControllerPorts ports, Around around) {
    roster = around.roster;
    List<NodeId> others = config.others().stream().map(RosterMain::id).toList();
    Lookout lookout =
        new Lookout(
            new Lookout.Ports(
                around.loop,
                around.session::awaySince,
                others,
                roster::isConnected,
                around.vaults::sealed,
                around.supervisor::dropped,
                this::gaps,
                around.headAlarms::standing,
                this::hosts));
    room =
        new HealthRoom(
            new HealthPorts(
                config.node(),
                around.board,
                around.loop,
                around.disk,
                config.dir(),
                around.halves,
                others,
                around.network::view,
                around.supervisor::reports,
                lookout,
                roster::ring),
            around.draws,
            around.calls);
    calls = around.calls;
    history =
        new HistoryDesk(
            new HistoryDesk.Ports(
                config.node(),
                around.board,
                around.loop,
                around.disk,
                config.dir(),
                others,
                around.supervisor::judgements,
                worker -> minds(around.halves, worker),
                around.supervisor::dropped,
                around.supervisor::waitingReports,
                room.events()),
            config.history());
    around.supervisor.onReport(history::taken);
  }

  /** Who knows what is wrong and keeps the diary. */
  HealthRoom room() {
    return room;
  }

  /** Begins; on the loop or before it turns. */
  void start() {
    room.start();
    history.start(calls);
  }

  /** A trunk opened. */
  void connected(Peer peer) {
    room.connected(peer);
    history.connected(peer);
  }

  /** Adds what is alarmed on. */
  void register(MeterRegistry registry) {
    history.register(registry);
  }

  // Whether this main acts for the worker's half.
  private boolean minds(Hemispheres halves, NodeId worker) {
    return roster.workers().stream()
        .anyMatch(known -> known.id().equals(worker) && halves.acts(known.hemisphere()));
  }

  private List<ReportNumbers.Gap> gaps() {
    return history.gaps();
  }

  private Map<NodeId, String> hosts() {
    Map<NodeId, String> hosts = new TreeMap<>();
    for (RosterWorker worker : roster.workers()) {
      worker.trunk().ifPresent(at -> hosts.put(worker.id(), at.host()));
    }
    return hosts;
  }
}
