package io.elottery.controller.health;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.reports.event.Event;
import io.elottery.reports.order.Lead;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Surroundings;
import io.elottery.reports.view.NetworkView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One main's diary on a simulated wire. */
final class Diary {
  static final List<NodeId> MAINS =
      List.of(NodeId.of("main-1"), NodeId.of("main-2"), NodeId.of("main-3"));

  final NodeId id;
  final Wire.Station station;
  final Hemispheres halves;
  final EventDesk desk;

  Diary(Wire wire, Path directory, NodeId id) {
    this.id = id;
    station = wire.station(id.name(), Role.MAIN);
    halves = new Hemispheres(id);
    desk =
        new EventDesk(
            new HealthPorts(
                id,
                station.board,
                station.loop,
                Runnable::run,
                directory.resolve(id.name()),
                halves,
                MAINS.stream().filter(other -> !other.equals(id)).toList(),
                () -> new NetworkView(List.of(), List.of(), List.of()),
                List::of,
                () -> Surroundings.QUIET,
                Optional::empty));
    halves.add(desk);
    desk.start();
  }

  void leads(long fence, List<Diary> all) {
    halves.elected(Hemisphere.LEFT, fence);
    for (Diary other : all) {
      if (other != this) {
        other.halves.heard(new Lead(Hemisphere.LEFT, id, fence));
      }
    }
  }

  void record(String text) {
    desk.record(Priority.NOTICE, "NOTED", "network", text);
  }

  List<String> texts() {
    return events().stream().map(Event::text).toList();
  }

  List<Event> events() {
    return desk.newest(Priority.ROUTINE, EventLog.KEPT);
  }
}
