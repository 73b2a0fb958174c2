package io.elottery.reports.rendering;

import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.LinkFigures;
import io.elottery.reports.history.Mean;
import io.elottery.reports.history.Measured;
import io.elottery.reports.history.ServerFigures;
import io.elottery.reports.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A health report as CSV (RFC 4180): one row a server, then one row a direction of a link; what
 * does not apply is empty. Names and numbers only: nothing in it needs quoting or starts a formula.
 */
public final class HealthCsv {
  private static final String END = "\r\n";

  private HealthCsv() {}

  /** Writes it. */
  public static String of(HealthReport report) {
    StringBuilder csv = new StringBuilder();
    List<String> heads = new ArrayList<>(List.of("kind", "from", "to", "server", "neighbour"));
    for (Verdict verdict : Verdict.values()) {
      heads.add(verdict.name().toLowerCase(Locale.ROOT) + "_ms");
    }
    heads.addAll(List.of("outages", "reports", "relayed", "missing", "sent", "heard", "lost"));
    heads.addAll(List.of("closed_ms", "one_way_ms", "silent_ms", "known_ms", "colour"));
    heads.addAll(List.of("round_trip_mean_us", "round_trip_p99_us", "round_trip_max_us"));
    heads.addAll(List.of("flush_mean_us", "flush_p99_us", "flush_max_us"));
    heads.addAll(List.of("processor_mean_permille", "processor_max_permille"));
    heads.addAll(List.of("heap_mean_permille", "heap_max_permille"));
    heads.addAll(List.of("disk_free_bytes", "queued_max"));
    csv.append(String.join(",", heads)).append(END);
    String times = report.from() + "," + report.to() + ",";
    report.servers().forEach(s -> csv.append("server,").append(times).append(row(s)).append(END));
    report.links().forEach(l -> csv.append("link,").append(times).append(row(l)).append(END));
    return csv.toString();
  }

  private static String row(ServerFigures server) {
    List<String> cells = new ArrayList<>(List.of(server.server().name(), ""));
    for (Verdict verdict : Verdict.values()) {
      cells.add(Long.toString(server.verdicts().millis(verdict)));
    }
    cells.add(Integer.toString(server.outages()));
    cells.add(Long.toString(server.reports()));
    cells.add(Long.toString(server.relayed()));
    cells.add(Long.toString(server.missing()));
    cells.addAll(List.of("", "", Long.toString(server.lost()), "", "", "", "", ""));
    add(cells, server.roundTrip());
    add(cells, server.flush());
    add(cells, server.processor());
    add(cells, server.heap());
    cells.add(server.diskFreeBytes() == 0 ? "" : Long.toString(server.diskFreeBytes()));
    cells.add(Long.toString(server.queuedMax()));
    return String.join(",", cells);
  }

  private static String row(LinkFigures link) {
    List<String> cells =
        new ArrayList<>(List.of(link.link().from().name(), link.link().to().name()));
    blank(cells, Verdict.values().length + 4);
    cells.add(Long.toString(link.sent()));
    cells.add(Long.toString(link.heard()));
    cells.add(Long.toString(link.lost()));
    cells.add(Long.toString(link.closedMillis()));
    cells.add(Long.toString(link.oneWayMillis()));
    cells.add(Long.toString(link.silentMillis()));
    cells.add(Long.toString(link.knownMillis()));
    cells.add(link.colour().name());
    add(cells, link.roundTrip());
    blank(cells, 9);
    return String.join(",", cells);
  }

  private static void add(List<String> cells, Measured measured) {
    if (measured.isKnown()) {
      cells.add(Long.toString(measured.meanMicros()));
      cells.add(Long.toString(measured.p99Micros()));
      cells.add(Long.toString(measured.maxMicros()));
    } else {
      blank(cells, 3);
    }
  }

  private static void add(List<String> cells, Mean mean) {
    cells.add(mean.isKnown() ? Long.toString(mean.mean()) : "");
    cells.add(mean.isKnown() ? Long.toString(mean.max()) : "");
  }

  private static void blank(List<String> cells, int count) {
    for (int i = 0; i < count; i++) {
      cells.add("");
    }
  }
}
