package io.elottery.controller.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.draws.DrawLookup;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Peer;
import io.elottery.reports.trouble.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything about health, wired: what is wrong, what happened, and who is told. On main's loop.
 */
public final class HealthRoom implements Duty {
  private final EventDesk events;
  private final TroubleDesk troubles;
  private final HealthCalls answers;
  private final List<Duty> duties;

  /** Reads what this main kept; does nothing until started. */
  public HealthRoom(HealthPorts ports, DrawLookup draws, StaffCalls calls) {
    events = new EventDesk(ports);
    troubles = new TroubleDesk(ports, events);
    // The diary first: what others record when a leadership begins comes after what was.
    duties = List.of(events, troubles);
    answers = new HealthCalls(ports, events, troubles);
    answers.addTo(calls);
    new ExplainCalls(ports, events, troubles, draws::look).addTo(calls);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    events.start();
    troubles.start();
  }

  /** Where every desk records what is worth knowing. */
  public EventSink events() {
    return events;
  }

  /** What is wrong, and who is told when it changes. */
  public TroubleDesk troubles() {
    return troubles;
  }

  /** Who muted a trouble is shown beside it. Before the start. */
  public void mutedBy(Function<Trouble, Optional<ObjectNode>> shown) {
    answers.mutedBy(shown);
  }

  /** A verdict, the roster or a session may have changed. */
  public void changed() {
    troubles.changed();
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    events.connected(peer);
    troubles.changed();
  }

  /** A trunk closed. */
  public void disconnected(Peer peer) {
    troubles.changed();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    duties.forEach(duty -> duty.begin(hemisphere, fence));
  }

  @Override
  public void end(Hemisphere hemisphere) {
    duties.forEach(duty -> duty.end(hemisphere));
  }
}
