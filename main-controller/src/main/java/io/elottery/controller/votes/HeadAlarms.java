package io.elottery.controller.votes;

import io.elottery.controller.health.EventSink;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Writes down what auditors say of shards whose history is not the one that was signed. An auditor
 * repeats it as long as it lasts; it is recorded once an hour for each, by the main that acts for
 * LEFT. On main's loop.
 */
public final class HeadAlarms {
  private static final Duration EVERY = Duration.ofHours(1);

  private final Time time;
  private final Predicate<Hemisphere> leads;
  private final EventSink events;
  private final Map<String, Long> told = new TreeMap<>(); // by auditor, shard, kind

  /**
   * @param leads whether this main acts for a half
   */
  public HeadAlarms(Time time, Predicate<Hemisphere> leads, EventSink events) {
    this.time = time;
    this.leads = leads;
    this.events = events;
  }

  /** Listens to auditors. */
  public void start(Switchboard board) {
    board.on(LedgerKinds.HEAD_ALARM, this::alarm);
  }

  private void alarm(Peer from, Envelope envelope) throws MalformedMessage {
    HeadAlarm alarm = HeadAlarm.of(envelope);
    if (from.role() != Role.AUDITOR) {
      throw new MalformedMessage(from + " is no auditor");
    }
    String key = from.id() + "/" + alarm.shard() + "/" + alarm.kind();
    long now = time.nanos();
    Long before = told.get(key);
    if (leads.test(Hemisphere.LEFT) && (before == null || now - before >= EVERY.toNanos())) {
      told.put(key, now);
      events.record(
          Priority.CRITICAL,
          alarm.kind() == HeadAlarm.Kind.FORKED ? "LEDGER_FORKED" : "LEDGER_WENT_BACK",
          alarm.shard().toString(),
          from.id() + " found: " + alarm.why());
    }
  }
}
