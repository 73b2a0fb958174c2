package io.elottery.controller.votes;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.reports.trouble.Codes;
import io.elottery.reports.trouble.Surroundings.LedgerAlarm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What auditors say of shards whose history is not the one that was signed. An auditor repeats it
 * every ten seconds as long as it lasts: it stands until one that is connected has not said it for
 * a minute. An auditor that is gone takes nothing back. On main's loop.
 */
public final class HeadAlarms {
  private static final Duration REPEATED = Duration.ofMinutes(1);
  private static final int MOST = 1_000; // shards times auditors, generously

  private record Heard(NodeId auditor, LedgerAlarm alarm, long nanos) {}

  private final Time time;
  private final Predicate<NodeId> isConnected;
  private final Map<String, Heard> heard = new TreeMap<>(); // by auditor, shard, kind
  private Runnable changed = () -> {};

  /**
   * @param isConnected whether an auditor is
   */
  public HeadAlarms(Time time, Predicate<NodeId> isConnected) {
    this.time = time;
    this.isConnected = isConnected;
  }

  /** Listens to auditors. */
  public void start(Switchboard board, Runnable whenChanged) {
    changed = whenChanged;
    board.on(LedgerKinds.HEAD_ALARM, this::alarm);
  }

  /** Those that stand now. */
  public List<LedgerAlarm> standing() {
    long now = time.nanos();
    heard
        .values()
        .removeIf(each -> now - each.nanos >= REPEATED.toNanos() && isConnected.test(each.auditor));
    return heard.values().stream().map(Heard::alarm).toList();
  }

  private void alarm(Peer from, Envelope envelope) throws MalformedMessage {
    HeadAlarm alarm = HeadAlarm.of(envelope);
    if (from.role() != Role.AUDITOR) {
      throw new MalformedMessage(from + " is no auditor");
    }
    String key = from.id() + "/" + alarm.shard() + "/" + alarm.kind();
    if (heard.containsKey(key) || heard.size() < MOST) {
      String code =
          alarm.kind() == HeadAlarm.Kind.FORKED ? Codes.LEDGER_FORKED : Codes.LEDGER_WENT_BACK;
      LedgerAlarm said = new LedgerAlarm(code, alarm.shard().toString(), from.id(), alarm.why());
      heard.put(key, new Heard(from.id(), said, time.nanos()));
      changed.run();
    }
  }
}
