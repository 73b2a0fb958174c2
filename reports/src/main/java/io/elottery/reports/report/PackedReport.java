package io.elottery.reports.report;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.priority.Priority;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A report's JSON as it travels: deflated (RFC 1951) with a dictionary both ends know, a sixth of
 * its length; before it in clear who reports, how urgently, and the length. The dictionary belongs
 * to the version of the kind: it may not change under it.
 */
final class PackedReport {
  /** What a report looks like; what is said most often stands last. */
  private static final byte[] DICTIONARY =
      ("TRUSTED → SUSPECT, connection closed SUSPECT → DEAD, silent for expected gaps"
              + "DEAD → TRUSTED, heard again, reconnect refused"
              + "\"CRITICAL\"\"WARNING\"\"NOTICE\"\"CONSERVED\"\"DEAF\"\"SUSPECT\"\"DEAD\""
              + "gateway-auditor-\"relayedBy\":\"worker-"
              + ",\"queueAgeMicros\":,\"permille\":},\"neighbours\":[],\"shards\":[]}"
              + "{\"format\":\"elottery/report/v1\",\"worker\":\"worker-1\",\"incarnation\":17"
              + ",\"number\":1,\"at\":\"2026-11-21T14:00:00.000Z\",\"priority\":\"ROUTINE\""
              + ",\"hearsMain\":true,\"doubtful\":false,\"verdict\":\"UP\",\"notes\":[],"
              + "\"load\":{\"processor\":0.0,\"heapUsedBytes\":1,\"heapMaxBytes\":1073741824"
              + ",\"diskFreeBytes\":1,\"flushMicros\":3000,\"loopQueued\":0},\"neighbours\":["
              + ",\"shards\":[{\"shard\":0,\"role\":\"WRITER\",\"writer\":\"worker-2\",\"term\":1"
              + ",\"commit\":1,\"applied\":1,\"members\":[\"worker-1\",\"worker-2\",\"worker-3\"]}"
              + ",{\"shard\":1,\"role\":\"FOLLOWER\",\"writer\":\"worker-\",\"members\":[\"worker-"
              + "]}]}{\"neighbour\":\"worker-1\",\"sent\":1,\"heard\":1,\"lost\":0"
              + ",\"roundTripMicros\":0,\"suspicion\":0.0,\"trust\":\"TRUSTED\",\"since\":\"2026-"
              + "\",\"connected\":true,\"refused\":false,\"hearsMain\":true,\"hearsMe\":true},"
              + "{\"neighbour\":\"worker-")
          .getBytes(StandardCharsets.UTF_8);

  private static final int USUAL_LENGTH = 512;

  private PackedReport() {}

  static byte[] pack(Report report) {
    byte[] json = report.toJson();
    WireWriter out = new WireWriter(USUAL_LENGTH);
    out.u8(report.priority().ordinal()).text(report.worker().name()).varint(json.length);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(json);
      deflater.finish();
      byte[] some = new byte[USUAL_LENGTH];
      while (!deflater.finished()) {
        int count = deflater.deflate(some);
        out.raw(count == some.length ? some : Arrays.copyOf(some, count));
      }
    } finally {
      deflater.end();
    }
    return out.toBytes();
  }

  /** What stands before the JSON; the reader is left there. */
  static ReportHead head(WireReader in) throws MalformedMessage {
    int priority = in.u8();
    if (priority >= Priority.values().length) {
      throw new MalformedMessage("report of priority " + priority);
    }
    try {
      return new ReportHead(NodeId.of(in.text()), Priority.values()[priority]);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("report: " + wrong.getMessage());
    }
  }

  static Report unpack(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    ReportHead head = head(in);
    Report report = Report.parse(inflated(in.count(Report.BYTES_MAX), in.rest()));
    if (!head.equals(new ReportHead(report.worker(), report.priority()))) {
      throw new MalformedMessage(
          "report of " + report.worker() + ": not what was said before it, of " + head.worker());
    }
    return report;
  }

  // Never more than the length said, which is bounded.
  private static byte[] inflated(int length, byte[] deflated) throws MalformedMessage {
    byte[] json = new byte[length];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(DICTIONARY);
      inflater.setInput(deflated);
      int count = 0;
      while (count < length && !inflater.finished() && !inflater.needsInput()) {
        count += inflater.inflate(json, count, length - count);
      }
      // The end of the stream may come after the last byte it makes.
      if (inflater.inflate(new byte[1]) > 0
          || count < length
          || !inflater.finished()
          || inflater.getRemaining() > 0) {
        throw new MalformedMessage("report: its JSON is not of the length said, " + length);
      }
      return json;
    } catch (DataFormatException wrong) {
      throw new MalformedMessage("report: its JSON is not deflated as agreed");
    } finally {
      inflater.end();
    }
  }
}
