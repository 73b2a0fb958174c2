package io.elottery.reports.rendering.pdfbox;

import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.Lengths;
import io.elottery.reports.history.LinkFigures;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.ServerFigures;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A health report to print or file: headline, a timeline of every server, a matrix of links,
 * figures. Its text can be searched and copied.
 */
public final class HealthPdf {
  private static final Sheet.Type TITLE = new Sheet.Type(20, Ink.TEXT, true);
  private static final Sheet.Type SUBTITLE = new Sheet.Type(9.5f, Ink.QUIET, false);
  private static final Sheet.Type HEADLINE = new Sheet.Type(11.5f, Ink.ACCENT, true);
  private static final Sheet.Type NUMBER = new Sheet.Type(17, Ink.TEXT, true);
  private static final Sheet.Type WORD = new Sheet.Type(8, Ink.QUIET, false);
  private static final float LINE = 15;
  private static final float TILE = 44;
  private static final int LINKS_LISTED = 120;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private HealthPdf() {}

  /** Draws it. */
  public static byte[] of(HealthReport report) {
    try (Sheet sheet = new Sheet("e-lottery: health of the network, " + span(report))) {
      float y = first(report, sheet);
      if (!report.isEmpty()) {
        new TimelinePicture(report, sheet).draw(y);
        MatrixPicture matrix = new MatrixPicture(report, sheet);
        if (matrix.fits()) {
          sheet.next();
          matrix.draw(Sheet.MARGIN);
        }
        sheet.next();
        float end = servers(report, sheet);
        links(report, sheet, end + 24);
      }
      return sheet.end(
          "e-lottery, health of the network · made by "
              + report.by()
              + " at "
              + text(report.made())
              + " UTC, out of buckets of "
              + report.resolution().text());
    } catch (IOException inMemory) {
      throw new UncheckedIOException("a document in memory", inMemory);
    }
  }

  private static float first(HealthReport report, Sheet sheet) throws IOException {
    float y = Sheet.MARGIN + 14;
    sheet.text(TITLE, Sheet.MARGIN, y, "Health of the network");
    sheet.right(SUBTITLE, Sheet.RIGHT, y, span(report));
    y += 16;
    List<String> lines = sheet.lines(HEADLINE, report.headline(), Sheet.RIGHT - Sheet.MARGIN - 28);
    float height = lines.size() * LINE + 14;
    sheet.fill(Ink.TINT, Sheet.MARGIN, y, Sheet.RIGHT - Sheet.MARGIN, height);
    sheet.fill(Ink.ACCENT, Sheet.MARGIN, y, 4, height);
    for (int i = 0; i < lines.size(); i++) {
      sheet.text(HEADLINE, Sheet.MARGIN + 16, y + 18 + i * LINE, lines.get(i));
    }
    y += height + 14;
    if (report.isEmpty()) {
      return y;
    }
    tiles(report, sheet, y);
    return y + TILE + 16;
  }

  private static void tiles(HealthReport report, Sheet sheet, float y) throws IOException {
    long down = 0;
    long outages = 0;
    long missing = 0;
    for (ServerFigures server : report.servers()) {
      down += server.verdicts().millis(Verdict.DOWN);
      outages += server.outages();
      missing += server.missing();
    }
    long bad = report.links().stream().filter(link -> !isWell(link)).count();
    double available =
        report.servers().stream().mapToDouble(ServerFigures::available).average().orElse(1);
    String[][] tiles = {
      {String.valueOf(report.servers().size() + report.left()), "servers"},
      {percent(available), "available on average"},
      {String.valueOf(outages), "times a server was down"},
      {down == 0 ? "0" : Lengths.text(down), "down, of all servers together"},
      {bad + " of " + report.links().size(), "directions of links not well"},
      {String.valueOf(missing), "reports that never came"}
    };
    float width = (Sheet.RIGHT - Sheet.MARGIN) / tiles.length;
    for (int i = 0; i < tiles.length; i++) {
      float x = Sheet.MARGIN + i * width;
      if (i > 0) {
        sheet.line(Ink.FAINT, x - 8, y, x - 8, y + TILE - 4);
      }
      sheet.text(NUMBER, x, y + 18, tiles[i][0]);
      sheet.text(WORD, x, y + 33, tiles[i][1]);
    }
  }

  private static float servers(HealthReport report, Sheet sheet) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (ServerFigures server : report.servers()) {
      rows.add(
          List.of(
              server.server().name(),
              percent(server.available()),
              length(server.verdicts().millis(Verdict.DOWN)),
              length(server.unwellMillis()),
              String.valueOf(server.outages()),
              String.valueOf(server.reports()),
              server.relayed() + " / " + server.missing(),
              String.valueOf(server.lost()),
              server.roundTrip().isKnown()
                  ? Lengths.micros(server.roundTrip().meanMicros())
                      + " / "
                      + Lengths.micros(server.roundTrip().p99Micros())
                  : "–",
              server.flush().isKnown() ? Lengths.micros(server.flush().p99Micros()) : "–",
              server.processor().isKnown()
                  ? server.processor().mean() / 10 + " / " + server.processor().max() / 10 + " %"
                  : "–",
              server.heap().isKnown() ? server.heap().max() / 10 + " %" : "–",
              server.diskFreeBytes() > 0 ? gibibytes(server.diskFreeBytes()) : "–",
              String.valueOf(server.queuedMax())));
    }
    return new Figures(
            sheet,
            "Figures by server",
            "Round trip: mean / 99th percentile. Flush: 99th percentile of the slowest. Processor:"
                + " mean / highest. Heap: highest. Disk: least."
                + (report.left() > 0 ? " " + report.left() + " more servers were better." : ""),
            List.of(
                new Figures.Column("Server", 0.11f),
                new Figures.Column("Available", 0.07f),
                new Figures.Column("Down", 0.075f),
                new Figures.Column("Not well", 0.075f),
                new Figures.Column("Outages", 0.055f),
                new Figures.Column("Reports", 0.06f),
                new Figures.Column("Relayed / missing", 0.1f),
                new Figures.Column("Lost", 0.045f),
                new Figures.Column("Round trip", 0.115f),
                new Figures.Column("Flush", 0.055f),
                new Figures.Column("Processor", 0.08f),
                new Figures.Column("Heap", 0.045f),
                new Figures.Column("Disk free", 0.07f),
                new Figures.Column("Queue", 0.045f)))
        .draw(Sheet.MARGIN, rows);
  }

  private static void links(HealthReport report, Sheet sheet, float top) throws IOException {
    List<List<String>> rows =
        report.links().stream()
            .filter(link -> !isWell(link))
            .sorted(
                Comparator.<LinkFigures>comparingLong(
                        link -> -link.closedMillis() - link.silentMillis() - link.oneWayMillis())
                    .thenComparingDouble(link -> -link.lossShare()))
            .limit(LINKS_LISTED)
            .map(
                link ->
                    List.of(
                        link.link().from() + " hears " + link.link().to(),
                        link.colour() == LinkHealth.Colour.RED ? "bad" : "disturbed",
                        String.format(Locale.ROOT, "%.1f %%", 100 * link.lossShare()),
                        length(link.closedMillis()),
                        length(link.silentMillis()),
                        length(link.oneWayMillis()),
                        link.roundTrip().isKnown()
                            ? Lengths.micros(link.roundTrip().p99Micros())
                            : "–"))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    boolean fits = top + 22 + 15 * 4 < Sheet.BOTTOM;
    if (!fits) {
      sheet.next();
    }
    new Figures(
            sheet,
            "Links that were not well",
            "The worst first, each direction by itself.",
            List.of(
                new Figures.Column("Direction", 0.28f),
                new Figures.Column("", 0.12f),
                new Figures.Column("Lost", 0.12f),
                new Figures.Column("Closed", 0.12f),
                new Figures.Column("Silent", 0.12f),
                new Figures.Column("One way", 0.12f),
                new Figures.Column("Round trip", 0.12f)))
        .draw(fits ? top : Sheet.MARGIN, rows);
  }

  private static boolean isWell(LinkFigures link) {
    return link.colour() == LinkHealth.Colour.GREEN || link.colour() == LinkHealth.Colour.NONE;
  }

  private static String span(HealthReport report) {
    return text(report.from()) + " – " + text(report.to()) + " UTC";
  }

  private static String text(Instant at) {
    return MOMENT.format(at);
  }

  private static String length(long millis) {
    return millis == 0 ? "–" : Lengths.text(millis);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
