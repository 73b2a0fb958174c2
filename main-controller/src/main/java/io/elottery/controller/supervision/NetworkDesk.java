package io.elottery.controller.supervision;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.view.NetworkView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers what the whole network looks like, from any main. On main's loop. */
public final class NetworkDesk {
  private final NodeId self;
  private final Hemispheres halves;
  private final RosterKeeper roster;
  private final Supervisor supervisor;
  private final Instant started;

  /**
   * @param started since when what is unknown is unknown
   */
  public NetworkDesk(
      NodeId self,
      Hemispheres halves,
      RosterKeeper roster,
      Supervisor supervisor,
      Instant started) {
    this.self = self;
    this.halves = halves;
    this.roster = roster;
    this.supervisor = supervisor;
    this.started = started;
  }

  /** Serves the call to gateways, the staff's command and other mains. */
  public void serveOn(Switchboard board) {
    board.serve(
        ReportsKinds.NETWORK,
        (from, request, answer) -> {
          if (from.role() == Role.JOINING) {
            answer.refuse("NOT_ALLOWED", "enrol first");
            return;
          }
          answer.reply(
              new Envelope(ReportsKinds.NETWORK_VIEW, ReportsKinds.VERSION, view().toJson()));
        });
  }

  /** The picture now. */
  public NetworkView view() {
    Map<Integer, List<NodeId>> placement = new TreeMap<>();
    for (Placement each : roster.ring().map(Ring::placements).orElse(List.of())) {
      placement.put(each.shard().number(), each.nodes());
    }
    Roster now = roster.current();
    Roster shown =
        new Roster(
            now.fence(),
            now.version(),
            now.mains(),
            now.leads(),
            roster.workers(),
            now.gateways(),
            now.ring(),
            now.parties());
    return NetworkView.of(
        halves.views(this::alive),
        shown,
        supervisor.judgements(),
        placement,
        supervisor.reports(),
        started);
  }

  private boolean alive(NodeId main) {
    return main.equals(self) || roster.isConnected(main);
  }
}
