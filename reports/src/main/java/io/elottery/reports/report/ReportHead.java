package io.elottery.reports.report;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.reports.priority.Priority;

/**
 * Who reports and how urgently, read without the rest: a flood is put in order for little. Says
 * nothing about the rest being well-formed.
 */
public record ReportHead(NodeId worker, Priority priority) {
  /**
   * Reads {@link Report#pack} as far as needed.
   *
   * @throws MalformedMessage when either is missing or wrong
   */
  public static ReportHead peek(byte[] packed) throws MalformedMessage {
    return PackedReport.head(new WireReader(packed));
  }
}
