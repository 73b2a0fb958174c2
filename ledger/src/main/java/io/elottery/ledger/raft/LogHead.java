package io.elottery.ledger.raft;

import io.elottery.foundation.fault.InvariantViolation;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.RaftLog;
import io.microraft.impl.util.ArrayRingbuffer;
import io.microraft.report.RaftNodeReport;
import io.microraft.report.RaftNodeReport.RaftNodeReportReason;
import io.microraft.report.RaftNodeReportListener;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Guard 12: keeps the head of the log from going back.
 *
 * <p>After a snapshot MicroRaft removes entries up to an index that it chooses anew each time: all
 * when every follower has them, fewer when it does not know of one, as of a learner. When fewer
 * follows all, it moves the head of its ring buffer back over slots that are empty already, takes
 * them for entries, and from then on fails at every request to a follower that is there: it commits
 * nothing more. The field has no door, so it is set by reflection, at once after the snapshot. On
 * the ledger loop.
 */
final class LogHead implements RaftNodeReportListener {
  private static final Field ENTRIES = entries();

  private @Nullable RaftNodeImpl node;
  private long head;

  /** The log that is looked after. */
  void watch(RaftNodeImpl watched) {
    node = watched;
    head = buffer(watched).headSequence();
  }

  @Override
  public void accept(RaftNodeReport report) {
    if (node != null
        && (report.getReason() == RaftNodeReportReason.TAKE_SNAPSHOT
            || report.getReason() == RaftNodeReportReason.INSTALL_SNAPSHOT)) {
      ArrayRingbuffer<?> buffer = buffer(node);
      head = Math.max(head, buffer.headSequence());
      buffer.setHeadSequence(head);
    }
  }

  private static ArrayRingbuffer<?> buffer(RaftNodeImpl node) {
    try {
      return (ArrayRingbuffer<?>) ENTRIES.get(node.state().log());
    } catch (IllegalAccessException impossible) {
      throw new InvariantViolation("MicroRaft's log has no entries: " + impossible);
    }
  }

  private static Field entries() {
    try {
      Field field = RaftLog.class.getDeclaredField("log");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException changed) {
      throw new InvariantViolation("another MicroRaft than 0.7: its log has no field " + changed);
    }
  }
}
