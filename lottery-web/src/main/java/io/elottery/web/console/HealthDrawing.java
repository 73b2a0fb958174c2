package io.elottery.web.console;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.Lengths;
import io.elottery.reports.history.Letters;
import io.elottery.reports.history.LinkFigures;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import io.elottery.reports.history.ServerFigures;
import io.elottery.reports.verdict.Verdict;
import io.elottery.web.console.view.HealthView;
import io.elottery.web.console.view.KeyMatrix;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Draws a health report: a timeline and a line of round trips a server, a square a link. Pure. */
final class HealthDrawing {
  private static final int CELL = 56;
  private static final int MATRIX_MAX = 24;
  private static final int LINKS_MAX = 50;
  private static final double LINE_HEIGHT = 100;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private HealthDrawing() {}

  static HealthView of(String span, HealthReport report) {
    return new HealthView(
        span,
        report.from().toString(),
        report.to().toString(),
        report.by().name(),
        report.headline(),
        report.servers().stream().map(server -> row(report, server)).toList(),
        matrix(report),
        worst(report));
  }

  private static HealthView.Row row(HealthReport report, ServerFigures server) {
    boolean known = server.verdicts().totalMillis() > 0;
    long down = server.verdicts().millis(Verdict.DOWN);
    return new HealthView.Row(
        server.server().name(),
        runs(report, server.timeline()),
        line(server.trips()),
        known ? percent(server.available()) : "–",
        down == 0 ? "–" : Lengths.text(down),
        server.roundTrip().isKnown() ? Lengths.micros(server.roundTrip().p99Micros()) : "–",
        server.processor().isKnown() ? server.processor().mean() / 10 + " %" : "–",
        server.heap().isKnown() ? server.heap().max() / 10 + " %" : "–",
        server.missing() == 0 ? "–" : String.valueOf(server.missing()),
        server.reports() + " reports, " + server.relayed() + " of them relayed");
  }

  private static List<HealthView.Run> runs(HealthReport report, String letters) {
    List<HealthView.Run> runs = new ArrayList<>();
    double column = (double) HealthView.WIDTH / Math.max(1, letters.length());
    int i = 0;
    while (i < letters.length()) {
      int from = i;
      char letter = letters.charAt(i);
      while (i < letters.length() && letters.charAt(i) == letter) {
        i++;
      }
      if (letter != Letters.NONE) {
        Verdict verdict = Letters.verdict(letter);
        runs.add(
            new HealthView.Run(
                round(from * column),
                round((i - from) * column),
                verdict.name().toLowerCase(Locale.ROOT),
                verdict + ", " + moment(report, from) + " – " + moment(report, i) + " UTC"));
      }
    }
    return runs;
  }

  private static String moment(HealthReport report, int column) {
    Instant at = report.from().plus(report.column().multipliedBy(column));
    return MOMENT.format(at.isAfter(report.to()) ? report.to() : at);
  }

  // Where nothing was measured the line goes straight on.
  private static String line(List<Long> trips) {
    long most = trips.stream().mapToLong(Long::longValue).max().orElse(0);
    if (most == 0) {
      return "";
    }
    StringBuilder points = new StringBuilder();
    double step = (double) HealthView.WIDTH / trips.size();
    for (int i = 0; i < trips.size(); i++) {
      if (trips.get(i) > 0) {
        points
            .append(points.length() == 0 ? "" : " ")
            .append(round((i + 0.5) * step))
            .append(',')
            .append(round(LINE_HEIGHT - trips.get(i) * (LINE_HEIGHT - 4) / most));
      }
    }
    return points.toString();
  }

  private static Optional<KeyMatrix> matrix(HealthReport report) {
    Set<NodeId> ends = new LinkedHashSet<>();
    report.servers().forEach(server -> ends.add(server.server()));
    Map<LinkName, LinkFigures> links = new TreeMap<>();
    for (LinkFigures link : report.links()) {
      links.put(link.link(), link);
      ends.add(link.link().from());
      ends.add(link.link().to());
    }
    if (links.isEmpty() || ends.size() > MATRIX_MAX) {
      return Optional.empty();
    }
    List<NodeId> servers = List.copyOf(ends);
    int left = 96;
    int top = 30;
    List<KeyMatrix.Label> labels = new ArrayList<>();
    List<KeyMatrix.Cell> cells = new ArrayList<>();
    for (int row = 0; row < servers.size(); row++) {
      int y = top + row * CELL;
      String name = servers.get(row).name();
      labels.add(new KeyMatrix.Label(left - 8, y + CELL / 2 + 5, name, "end"));
      String above = name.replaceFirst("^worker-", "");
      labels.add(new KeyMatrix.Label(left + row * CELL + CELL / 2, top - 9, above, "middle"));
      for (int column = 0; column < servers.size(); column++) {
        LinkFigures link = links.get(new LinkName(servers.get(row), servers.get(column)));
        if (link != null) {
          cells.add(cell(link, left + column * CELL, y));
        } else if (row != column) {
          cells.add(
              new KeyMatrix.Cell(
                  left + column * CELL + 3, y + 3, CELL - 6, "none", "", "", "no link"));
        }
      }
    }
    return Optional.of(
        new KeyMatrix(
            left + servers.size() * CELL + 4, top + servers.size() * CELL + 4, labels, cells));
  }

  private static KeyMatrix.Cell cell(LinkFigures link, int x, int y) {
    String trip = link.roundTrip().isKnown() ? Lengths.micros(link.roundTrip().p99Micros()) : "–";
    String title =
        link.link().from()
            + " hears "
            + link.link().to()
            + ": round trip "
            + trip
            + " (99th percentile), lost "
            + percent(link.lossShare())
            + ", closed "
            + Lengths.text(link.closedMillis())
            + ", silent "
            + Lengths.text(link.silentMillis())
            + ", one way "
            + Lengths.text(link.oneWayMillis());
    String state = link.colour().name().toLowerCase(Locale.ROOT);
    return new KeyMatrix.Cell(x + 2, y + 2, CELL - 4, state, upper(link, trip), lower(link), title);
  }

  private static String upper(LinkFigures link, String trip) {
    long bad = Math.max(link.closedMillis() + link.silentMillis(), link.oneWayMillis());
    if (isWell(link)) {
      return trip.replace(" ms", "");
    }
    // The largest unit is enough in a square.
    return bad > 0
        ? Lengths.text(bad).replaceAll(" (min|h|d) .*", " $1")
        : String.format(Locale.ROOT, "%.0f %%", 100 * link.lossShare());
  }

  private static String lower(LinkFigures link) {
    if (isWell(link)) {
      return "ms";
    }
    if (link.closedMillis() > 0) {
      return "closed";
    }
    if (link.silentMillis() > 0) {
      return "silent";
    }
    return link.oneWayMillis() > 0 ? "one way" : "lost";
  }

  private static List<HealthView.Link> worst(HealthReport report) {
    return report.links().stream()
        .filter(link -> !isWell(link))
        .sorted(
            Comparator.comparingLong(
                link -> -link.closedMillis() - link.silentMillis() - link.oneWayMillis()))
        .limit(LINKS_MAX)
        .map(
            link ->
                new HealthView.Link(
                    link.link().from().name(),
                    link.link().to().name(),
                    link.colour() == LinkHealth.Colour.RED ? "red" : "yellow",
                    percent(link.lossShare()),
                    length(link.closedMillis()),
                    length(link.silentMillis()),
                    length(link.oneWayMillis())))
        .toList();
  }

  private static boolean isWell(LinkFigures link) {
    return link.colour() == LinkHealth.Colour.GREEN || link.colour() == LinkHealth.Colour.NONE;
  }

  private static String length(long millis) {
    return millis == 0 ? "–" : Lengths.text(millis);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
