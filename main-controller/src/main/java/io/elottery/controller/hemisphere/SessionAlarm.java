package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timers;
import io.elottery.reports.priority.Priority;
import java.time.Duration;

/** Says when this main has lost ZooKeeper, and when it has it again. On main's loop. */
public final class SessionAlarm {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String SUBJECT = "zookeeper";

  private final NodeId self;
  private final RegistrySession session;
  private final HalfEvents events;
  private boolean away;

  /** Says nothing until started. */
  public SessionAlarm(NodeId self, RegistrySession session, HalfEvents events) {
    this.self = self;
    this.session = session;
    this.events = events;
  }

  /** Begins; on the loop or before it turns. */
  public void start(Timers timers) {
    session.onChange(state -> look());
    timers.every(LOOK, this::look);
  }

  private void look() {
    boolean now = session.awaySince().isPresent();
    if (now && !away) {
      events.record(
          Priority.CRITICAL,
          "REGISTRY_LOST",
          SUBJECT,
          self
              + " has no session with ZooKeeper: it leads no half and gives no order; it goes on"
              + " judging servers whose leader it does not hear.");
    } else if (away && session.isCertain()) {
      events.record(
          Priority.NOTICE,
          "REGISTRY_BACK",
          SUBJECT,
          self + " has a session with ZooKeeper again and stands for election.");
    } else if (away) {
      return;
    }
    away = now;
  }
}
