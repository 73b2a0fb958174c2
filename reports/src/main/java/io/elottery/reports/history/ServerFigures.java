package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Verdict;
import java.util.List;

/**
 * How one server was over the time of a report.
 *
 * @param timeline one letter for each column, {@link Letters}
 * @param trips mean round trip of each column in microseconds; 0 = none measured
 * @param outages how often it became DOWN
 * @param reports that came, {@code relayed} of them by a neighbour
 * @param missing numbers of its reports that never came
 * @param lost impulses of its neighbours that it knows lost
 * @param processor in thousandths of all processors
 * @param heap in thousandths of the heap allowed
 * @param diskFreeBytes the least; 0 = not known
 */
public record ServerFigures(
    NodeId server,
    VerdictTimes verdicts,
    String timeline,
    List<Long> trips,
    int outages,
    long reports,
    long relayed,
    long missing,
    long lost,
    Measured roundTrip,
    Measured flush,
    Mean processor,
    Mean heap,
    long diskFreeBytes,
    long queuedMax) {
  /** Copies. */
  public ServerFigures {
    trips = List.copyOf(trips);
  }

  /** What buckets together say. */
  static ServerFigures of(
      NodeId server, ServerHealth health, String timeline, List<Long> trips, int outages) {
    return new ServerFigures(
        server,
        health.verdicts(),
        timeline,
        trips,
        outages,
        health.reports(),
        health.relayed(),
        health.missing(),
        health.lost(),
        Measured.of(health.roundTrip()),
        Measured.of(health.flush()),
        health.processor(),
        health.heap(),
        health.diskFreeBytes() == Long.MAX_VALUE ? 0 : health.diskFreeBytes(),
        health.queuedMax());
  }

  /** How long it was not well: slow, deaf, suspected or down. */
  public long unwellMillis() {
    return verdicts.millis(Verdict.SLOW)
        + verdicts.millis(Verdict.DEAF)
        + verdicts.millis(Verdict.SUSPECT)
        + verdicts.millis(Verdict.DOWN);
  }

  /** Of the time it should have served the share it was heard in, 0 … 1; UNKNOWN does not count. */
  public double available() {
    long out = verdicts.millis(Verdict.UNKNOWN) + verdicts.millis(Verdict.CONSERVED);
    long all = verdicts.totalMillis() - out;
    return all <= 0 ? 1 : 1 - (double) verdicts.millis(Verdict.DOWN) / all;
  }
}
