package io.elottery.reports.capacity;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker's capacity test went.
 *
 * @param order the order's id
 * @param at when it ended, by the worker's clock
 * @param failures what is beyond its limit or far worse than before, one sentence each; none =
 *     passed
 */
public record CapacityResult(
    NodeId worker, long order, Instant at, List<String> failures, Figures figures) {
  private static final int FORMAT = 1;
  private static final int FAILURES_MAX = 100;

  /**
   * What was measured.
   *
   * @param flushMedian of the flushes of one block to its own disk
   * @param flushP99 of the same
   * @param flushMax of the same
   * @param sealedPerSecond MiB encrypted with AES-GCM in a second
   * @param signaturesPerSecond made with Ed25519
   * @param checksPerSecond of such signatures
   * @param linkMedian round trip to neighbours
   * @param linkMax of the same
   * @param linksSilent neighbours that did not answer
   * @param canaryMax a command through the ledger, flushed and applied here; the slowest shard
   * @param canaries shards tried
   * @param canariesLost shards on which nothing came back in time
   */
  public record Figures(
      Duration flushMedian,
      Duration flushP99,
      Duration flushMax,
      int sealedPerSecond,
      int signaturesPerSecond,
      int checksPerSecond,
      Duration linkMedian,
      Duration linkMax,
      int linksSilent,
      Duration canaryMax,
      int canaries,
      int canariesLost) {

    /** Writes it as bytes. */
    public void writeTo(WireWriter out) {
      out.varint(micros(flushMedian))
          .varint(micros(flushP99))
          .varint(micros(flushMax))
          .varint(sealedPerSecond)
          .varint(signaturesPerSecond)
          .varint(checksPerSecond)
          .varint(micros(linkMedian))
          .varint(micros(linkMax))
          .varint(linksSilent)
          .varint(micros(canaryMax))
          .varint(canaries)
          .varint(canariesLost);
    }

    /** Reads {@link #writeTo}. */
    public static Figures readFrom(WireReader in) throws MalformedMessage {
      return new Figures(
          duration(in),
          duration(in),
          duration(in),
          whole(in),
          whole(in),
          whole(in),
          duration(in),
          duration(in),
          whole(in),
          duration(in),
          whole(in),
          whole(in));
    }

    private static long micros(Duration duration) {
      return duration.toNanos() / 1_000;
    }

    private static Duration duration(WireReader in) throws MalformedMessage {
      return Duration.ofNanos(Math.min(in.varint(), Long.MAX_VALUE / 1_000) * 1_000);
    }

    private static int whole(WireReader in) throws MalformedMessage {
      return (int) Math.min(in.varint(), Integer.MAX_VALUE);
    }
  }

  /** Copies the list. */
  public CapacityResult {
    failures = List.copyOf(failures);
  }

  /** The same as the result of that order. */
  public CapacityResult under(long other) {
    return new CapacityResult(worker, other, at, failures, figures);
  }

  /** Whether everything is within its limits. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** In one line. */
  public String words() {
    return passed()
        ? String.format(
            "passed: flush p99 %.1f ms, canary %.1f ms, links at most %.1f ms",
            millis(figures.flushP99), millis(figures.canaryMax), millis(figures.linkMax))
        : "not passed: " + String.join("; ", failures);
  }

  /** Its bytes, for the wire and for records. */
  public byte[] encode() {
    WireWriter out =
        new WireWriter()
            .u8(FORMAT)
            .text(worker.name())
            .i64(order)
            .i64(at.toEpochMilli())
            .varint(failures.size());
    failures.forEach(out::text);
    figures.writeTo(out);
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static CapacityResult decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("capacity result: format " + format + " is not known");
    }
    try {
      NodeId worker = NodeId.of(in.text());
      long order = in.i64();
      Instant at = Instant.ofEpochMilli(in.i64());
      List<String> failures = new ArrayList<>();
      for (int left = in.count(FAILURES_MAX); left > 0; left--) {
        failures.add(in.text());
      }
      CapacityResult result = new CapacityResult(worker, order, at, failures, Figures.readFrom(in));
      in.done();
      return result;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("capacity result: " + wrong.getMessage());
    }
  }

  /** As a message, kind {@link ReportsKinds#CAPACITY}. */
  public Envelope envelope() {
    return new Envelope(ReportsKinds.CAPACITY, ReportsKinds.VERSION, encode());
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
