package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Surroundings.LedgerAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What workers say of their own disks: notes that begin with a code, as long as it lasts. */
final class StoreTroubles {
  private final Sight sight;

  StoreTroubles(Sight sight) {
    this.sight = sight;
  }

  void findInto(Findings found) {
    for (Report report : sight.picture.reports()) {
      if (sight.isHeard(report.worker())) {
        of(
                report,
                Codes.DISK_FULL,
                " has no room left on its ledger's disk beyond the reserve.",
                "Where it writes, new wagers are refused; everything else goes on, nothing is lost.",
                "Make room on its disk, or give it a larger one; it goes on by itself.")
            .ifPresent(found::add);
        of(
                report,
                Codes.MEMORY_FULL,
                " has no room left in its heap beyond the reserve: a fifth.",
                "Where it writes, new wagers are refused; everything else goes on, nothing is lost.",
                "Give it a larger heap (-Xmx) and restart it, every worker in turn.")
            .ifPresent(found::add);
        of(
                report,
                Codes.COPY_DAMAGED,
                " closed copies that were damaged, lost or restored from a backup.",
                "None while enough others go on; where not, SHARD_CLOSED says so. One less may be lost.",
                "Look at its disk. Main makes its copies anew while enough others go on.")
            .ifPresent(found::add);
        of(
                report,
                Codes.COPY_REFUSED,
                " does not listen to a copy whose store it knew otherwise; the other copies do.",
                "None now. Where the refused copy writes, this worker gets nothing: one copy less.",
                "Main has the refused copy made anew while all others answer; at once: elottery shards exchange.")
            .ifPresent(found::add);
      }
    }
    ledger(found);
  }

  private void ledger(Findings found) {
    Map<String, List<LedgerAlarm>> bySubject = new TreeMap<>();
    for (LedgerAlarm alarm : sight.picture.around().alarms()) {
      bySubject.computeIfAbsent(alarm.code() + alarm.shard(), none -> new ArrayList<>()).add(alarm);
    }
    bySubject.values().forEach(alarms -> found.add(ledger(alarms)));
  }

  private Trouble ledger(List<LedgerAlarm> alarms) {
    LedgerAlarm first = alarms.get(0);
    boolean forked = first.code().equals(Codes.LEDGER_FORKED);
    return new Trouble(
        first.code(),
        first.shard(),
        Priority.CRITICAL,
        sight.picture.since(first.code(), first.shard()),
        first.shard()
            + (forked
                ? ": a majority of its copies signed two histories."
                : ": its copies no longer know what a majority of them signed; the ledger went back."),
        "What was sold or settled there may be missing or altered. Its tickets' receipts still prove"
            + " what was sold.",
        Optional.empty(),
        alarms.stream().map(alarm -> alarm.auditor() + ": " + alarm.why()).toList(),
        "",
        "Let no draw of it be made. Keep all copies' directories, and compare the receipts and published"
            + " heads with them: elottery verify --heads.");
  }

  private Optional<Trouble> of(
      Report report, String code, String what, String impact, String next) {
    NodeId id = report.worker();
    List<String> said =
        report.notes().stream()
            .filter(note -> note.startsWith(code + " "))
            .map(note -> id + " at " + report.at() + ": " + note.substring(code.length() + 1))
            .toList();
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                code,
                id.name(),
                Priority.CRITICAL,
                sight.picture.since(code, id.name()),
                id + what,
                impact,
                Optional.empty(),
                said,
                "",
                next));
  }
}
