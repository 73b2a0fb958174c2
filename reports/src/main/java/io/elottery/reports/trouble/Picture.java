package io.elottery.reports.trouble;

import io.elottery.reports.event.Event;
import io.elottery.reports.report.Report;
import io.elottery.reports.view.NetworkView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one main knows at one moment; what {@link Troubles} decides on.
 *
 * @param now this main's wall clock
 * @param view halves, workers with their verdicts, shards
 * @param reports the last of each worker
 * @param around what else main sees: mains, ZooKeeper, vault, shed reports, hosts
 * @param known since when each trouble is known, by key; those that say it themselves may be absent
 * @param deeds what was done lately: recorded orders, oldest first
 */
public record Picture(
    Instant now,
    NetworkView view,
    List<Report> reports,
    Surroundings around,
    Map<String, Instant> known,
    List<Event> deeds) {
  /** Copies. */
  public Picture {
    reports = List.copyOf(reports);
    known = Map.copyOf(known);
    deeds = List.copyOf(deeds);
  }

  /** With nothing else wrong and nothing done. */
  public static Picture of(Instant now, NetworkView view, List<Report> reports) {
    return new Picture(now, view, reports, Surroundings.QUIET, Map.of(), List.of());
  }

  /** The same with these surroundings. */
  public Picture around(Surroundings others) {
    return new Picture(now, view, reports, others, known, deeds);
  }

  /** The same with what was done. */
  public Picture after(List<Event> others) {
    return new Picture(now, view, reports, around, known, others);
  }

  /** The same, remembering since when each trouble is known. */
  public Picture knowing(Map<String, Instant> others) {
    return new Picture(now, view, reports, around, others, deeds);
  }

  /** Since when the trouble of this key is known; now when it is new. */
  Instant since(String code, String subject) {
    return Optional.ofNullable(known.get(code + ":" + subject)).orElse(now);
  }
}
