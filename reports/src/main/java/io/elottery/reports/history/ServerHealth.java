package io.elottery.reports.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.report.Load;

/**
 * How one server was for a while.
 *
 * @param verdicts what main concluded, and for how long
 * @param reports that came from it
 * @param relayed of these, by a neighbour
 * @param missing numbers of its reports that never came
 * @param lost impulses of its neighbours that it knows lost
 * @param roundTrip to its neighbours, as it measured
 * @param flush the slowest flush of each report; a worker without one says zero, not counted
 * @param processor of all its processors, in thousandths
 * @param heap of the heap allowed, in thousandths
 * @param diskFreeBytes the least; {@link Long#MAX_VALUE} when never said
 * @param queuedMax tasks that waited for its ledger loop, at most
 */
public record ServerHealth(
    VerdictTimes verdicts,
    int reports,
    int relayed,
    long missing,
    long lost,
    Spread roundTrip,
    Spread flush,
    Mean processor,
    Mean heap,
    long diskFreeBytes,
    long queuedMax) {
  /** Nothing known. */
  public static final ServerHealth NONE =
      new ServerHealth(
          VerdictTimes.NONE,
          0,
          0,
          0,
          0,
          Spread.NONE,
          Spread.NONE,
          Mean.NONE,
          Mean.NONE,
          Long.MAX_VALUE,
          0);

  private static final double THOUSAND = 1_000;

  /** That long this verdict. */
  public static ServerHealth judged(VerdictTimes verdicts) {
    return new ServerHealth(
        verdicts, 0, 0, 0, 0, Spread.NONE, Spread.NONE, Mean.NONE, Mean.NONE, Long.MAX_VALUE, 0);
  }

  /** Numbers that never came. */
  static ServerHealth missing(long count) {
    return new ServerHealth(
        VerdictTimes.NONE,
        0,
        0,
        count,
        0,
        Spread.NONE,
        Spread.NONE,
        Mean.NONE,
        Mean.NONE,
        Long.MAX_VALUE,
        0);
  }

  /** What one report says. */
  static ServerHealth reported(Load load, boolean relayed, Spread roundTrip, long lost) {
    boolean heapKnown = load.heapMaxBytes() > 0;
    return new ServerHealth(
        VerdictTimes.NONE,
        1,
        relayed ? 1 : 0,
        0,
        lost,
        roundTrip,
        load.flush().isZero() ? Spread.NONE : Spread.of(load.flush()),
        load.processor() < 0 ? Mean.NONE : Mean.of(Math.round(load.processor() * THOUSAND)),
        heapKnown
            ? Mean.of(Math.round(THOUSAND * load.heapUsedBytes() / load.heapMaxBytes()))
            : Mean.NONE,
        load.diskFreeBytes() > 0 ? load.diskFreeBytes() : Long.MAX_VALUE,
        Math.max(0, load.loopQueued()));
  }

  /** Both times, one after the other. */
  public ServerHealth plus(ServerHealth later) {
    return new ServerHealth(
        verdicts.plus(later.verdicts),
        reports + later.reports,
        relayed + later.relayed,
        missing + later.missing,
        lost + later.lost,
        roundTrip.plus(later.roundTrip),
        flush.plus(later.flush),
        processor.plus(later.processor),
        heap.plus(later.heap),
        Math.min(diskFreeBytes, later.diskFreeBytes),
        Math.max(queuedMax, later.queuedMax));
  }

  /** Of two accounts of the same time by two mains the fuller one. */
  ServerHealth fuller(ServerHealth other) {
    if (reports != other.reports) {
      return reports > other.reports ? this : other;
    }
    return other.verdicts.totalMillis() > verdicts.totalMillis() ? other : this;
  }

  void writeTo(WireWriter out) {
    verdicts.writeTo(out);
    out.varint(reports).varint(relayed).varint(missing).varint(lost);
    roundTrip.writeTo(out);
    flush.writeTo(out);
    processor.writeTo(out);
    heap.writeTo(out);
    out.varint(diskFreeBytes == Long.MAX_VALUE ? 0 : diskFreeBytes).varint(queuedMax);
  }

  static ServerHealth readFrom(WireReader in) throws MalformedMessage {
    VerdictTimes verdicts = VerdictTimes.readFrom(in);
    int reports = in.count(Integer.MAX_VALUE);
    int relayed = in.count(Integer.MAX_VALUE);
    long missing = in.varint();
    long lost = in.varint();
    Spread roundTrip = Spread.readFrom(in);
    Spread flush = Spread.readFrom(in);
    Mean processor = Mean.readFrom(in);
    Mean heap = Mean.readFrom(in);
    long disk = in.varint();
    return new ServerHealth(
        verdicts,
        reports,
        relayed,
        missing,
        lost,
        roundTrip,
        flush,
        processor,
        heap,
        disk == 0 ? Long.MAX_VALUE : disk,
        in.varint());
  }
}
