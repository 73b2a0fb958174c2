package io.elottery.reports.report;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a worker tells main: the report pattern v1, JSON ({@code docs/schema/report-v1.json}), on
 * the wire deflated.
 *
 * @param worker who reports
 * @param incarnation of its process or store; together with the number names the report
 * @param number 1, 2, 3 … in one incarnation
 * @param at the worker's wall clock
 * @param hearsMain whether it hears any main now
 * @param doubtful whether it doubts itself (late timers): then its words on others do not count
 * @param verdict its own view of itself
 * @param notes one sentence for each thing that is not well; at most {@value #NOTES_MAX}
 * @param relayedBy the neighbour who passed the report on, when the worker could not reach main
 */
public record Report(
    NodeId worker,
    long incarnation,
    long number,
    Instant at,
    Priority priority,
    boolean hearsMain,
    boolean doubtful,
    Verdict verdict,
    List<String> notes,
    Load load,
    List<NeighbourReport> neighbours,
    List<ShardReport> shards,
    Optional<NodeId> relayedBy) {
  /** The format's name in the JSON. */
  public static final String FORMAT = "elottery/report/v1";

  /** Notes in one report at most. */
  public static final int NOTES_MAX = 100;

  /** Characters of one note at most; a longer one is cut. */
  public static final int NOTE_LENGTH_MAX = 1_000;

  /** Bytes of one report at most. */
  public static final int BYTES_MAX = 1 << 20;

  /** Neighbours and shards in one report at most, each. */
  public static final int PARTS_MAX = 1_000;

  /** Checks and copies. */
  public Report {
    if (incarnation < 0 || number < 1) {
      throw new IllegalArgumentException(
          worker + ": report " + number + " of incarnation " + incarnation + ": expected ≥ 1, ≥ 0");
    }
    if (notes.size() > NOTES_MAX || neighbours.size() > PARTS_MAX || shards.size() > PARTS_MAX) {
      throw new IllegalArgumentException(worker + ": report " + number + " has too many parts");
    }
    notes = notes.stream().map(Report::inOneLine).toList();
    neighbours = List.copyOf(neighbours);
    shards = List.copyOf(shards);
  }

  // What is shown and logged neither fills a screen nor forges a line.
  private static String inOneLine(String note) {
    return MalformedMessage.harmless(note, NOTE_LENGTH_MAX);
  }

  /** The same with other notes. */
  public Report noting(List<String> others) {
    return new Report(
        worker,
        incarnation,
        number,
        at,
        priority,
        hearsMain,
        doubtful,
        verdict,
        others,
        load,
        neighbours,
        shards,
        relayedBy);
  }

  /** The same, marked as passed on. */
  public Report relayed(NodeId by) {
    return new Report(
        worker,
        incarnation,
        number,
        at,
        priority,
        hearsMain,
        doubtful,
        verdict,
        notes,
        load,
        neighbours,
        shards,
        Optional.of(by));
  }

  /** As UTF-8 JSON, always the same bytes for the same report. */
  public byte[] toJson() {
    return ReportJson.write(this);
  }

  /**
   * Reads {@link #toJson}. Unknown fields are ignored: a newer worker may say more.
   *
   * @throws MalformedMessage naming the first field that is wrong
   */
  public static Report parse(byte[] json) throws MalformedMessage {
    return ReportReader.read(json);
  }

  /** The JSON as it travels, deflated, with its {@link ReportHead} before it. */
  public byte[] pack() {
    return PackedReport.pack(this);
  }

  /**
   * Reads {@link #pack}; never makes more than {@value #BYTES_MAX} bytes of it.
   *
   * @throws MalformedMessage naming the first thing that is wrong
   */
  public static Report unpack(byte[] packed) throws MalformedMessage {
    return PackedReport.unpack(packed);
  }

  /** The report as a message, kind {@link ReportsKinds#REPORT}. */
  public Envelope envelope() {
    return new Envelope(ReportsKinds.REPORT, ReportsKinds.REPORT_VERSION, pack());
  }
}
