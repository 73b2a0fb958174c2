package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.ReportNumbers.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A worker's reports that did not come in the last ten minutes: three times and more, and not all
 * at once, which an ordinary cut explains.
 *
 * @param times how often some were missing
 * @param reports how many in all
 * @param first when the first of them were
 * @param last when the last of them were
 */
public record Gaps(int times, long reports, Instant first, Instant last) {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int TIMES_MIN = 3;

  /** Those of which it goes on for long, out of all gaps known, oldest first. */
  public static Map<NodeId, Gaps> lasting(List<Gap> known, Instant now) {
    Map<NodeId, List<Gap>> lately = new TreeMap<>();
    for (Gap gap : known) {
      if (gap.noticed().isAfter(now.minus(WINDOW))) {
        lately.computeIfAbsent(gap.worker(), none -> new ArrayList<>()).add(gap);
      }
    }
    Map<NodeId, Gaps> lasting = new TreeMap<>();
    lately.forEach(
        (worker, gaps) -> {
          Instant first = gaps.get(0).noticed();
          Instant last = gaps.get(gaps.size() - 1).noticed();
          boolean goesOn = Duration.between(first, last).compareTo(LONG) >= 0;
          if (gaps.size() >= TIMES_MIN && goesOn) {
            long reports = gaps.stream().mapToLong(Gap::count).sum();
            lasting.put(worker, new Gaps(gaps.size(), reports, first, last));
          }
        });
    return lasting;
  }
}
