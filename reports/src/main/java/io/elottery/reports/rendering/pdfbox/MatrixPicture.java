package io.elottery.reports.rendering.pdfbox;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.Lengths;
import io.elottery.reports.history.LinkFigures;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A square for each direction of a link: the row says what it thinks of the column. */
final class MatrixPicture {
  /** With more servers than that squares are too small to read; the worst links are listed. */
  static final int SERVERS_MAX = 48;

  private static final Sheet.Type HEAD = new Sheet.Type(12, Ink.TEXT, true);
  private static final Sheet.Type SMALL = new Sheet.Type(7.5f, Ink.QUIET, false);
  private static final float LABEL = 84;
  private static final float CELL_MAX = 40;
  private static final float CELL_WITH_TEXT = 22;

  private final HealthReport report;
  private final Sheet sheet;
  private final List<NodeId> servers;

  MatrixPicture(HealthReport report, Sheet sheet) {
    this.report = report;
    this.sheet = sheet;
    TreeSet<NodeId> ends = new TreeSet<>();
    for (LinkFigures link : report.links()) {
      ends.add(link.link().from());
      ends.add(link.link().to());
    }
    servers = new ArrayList<>(ends);
  }

  boolean fits() {
    return !servers.isEmpty() && servers.size() <= SERVERS_MAX;
  }

  /** Draws it on one page from that height on; returns where it ended. */
  float draw(float top) throws IOException {
    legend(top);
    float left = Sheet.MARGIN + LABEL;
    float y = top + 34 + LABEL - 20;
    float room = Math.min(Sheet.RIGHT - left, Sheet.BOTTOM - y);
    float cell = Math.min(CELL_MAX, room / servers.size());
    Sheet.Type name = new Sheet.Type(Math.min(8.5f, cell * 0.8f), Ink.TEXT, false);
    Map<LinkName, LinkFigures> byName = new TreeMap<>();
    report.links().forEach(link -> byName.put(link.link(), link));
    for (int row = 0; row < servers.size(); row++) {
      float at = y + row * cell;
      float foot = at + cell / 2 + name.size() * 0.35f;
      sheet.right(name, left - 6, foot, servers.get(row).name());
      float middle = left + row * cell + cell / 2 + name.size() * 0.35f;
      sheet.upwards(name, middle, y - 5, servers.get(row).name());
      for (int column = 0; column < servers.size(); column++) {
        LinkFigures link = byName.get(new LinkName(servers.get(row), servers.get(column)));
        if (link != null) {
          cell(link, left + column * cell, at, cell);
        } else {
          float inset = row == column ? 0.5f : cell / 2 - 0.75f;
          float size = row == column ? cell - 1 : 1.5f;
          sheet.fill(Ink.FAINT, left + column * cell + inset, at + inset, size, size);
        }
      }
    }
    return y + servers.size() * cell;
  }

  private void cell(LinkFigures link, float x, float y, float size) throws IOException {
    sheet.fill(Ink.of(link.colour()), x + 0.75f, y + 0.75f, size - 1.5f, size - 1.5f);
    if (size < CELL_WITH_TEXT) {
      return;
    }
    boolean dark =
        link.colour() == LinkHealth.Colour.GREEN || link.colour() == LinkHealth.Colour.RED;
    Sheet.Type type = new Sheet.Type(6.5f, dark ? Ink.WHITE : Ink.TEXT, !isWell(link));
    float middle = x + size / 2;
    if (isWell(link)) {
      String text = link.roundTrip().isKnown() ? Lengths.micros(link.roundTrip().p99Micros()) : "";
      sheet.centred(type, middle, y + size / 2 + 2.3f, text);
      return;
    }
    long bad = link.closedMillis() + link.silentMillis();
    String second =
        bad > 0
            ? (link.closedMillis() > 0 ? "closed" : "silent")
            : link.oneWayMillis() > 0 ? "one way" : "lost";
    String first =
        bad > 0 || link.oneWayMillis() > 0
            ? Lengths.text(Math.max(bad, link.oneWayMillis())).replaceAll(" (min|h|d|s) .*", " $1")
            : String.format(Locale.ROOT, "%.1f %%", 100 * link.lossShare());
    sheet.centred(type, middle, y + size / 2 - 1, first);
    sheet.centred(type, middle, y + size / 2 + 7, second);
  }

  private void legend(float top) throws IOException {
    sheet.text(HEAD, Sheet.MARGIN, top + 12, "Links");
    sheet.text(
        SMALL,
        Sheet.MARGIN + 40,
        top + 12,
        "Each row says how it heard the column: the round trip's 99th percentile where all was"
            + " well, what was wrong where not.");
    float x = Sheet.RIGHT;
    String[] words = {"bad", "disturbed", "well"};
    LinkHealth.Colour[] colours = {
      LinkHealth.Colour.RED, LinkHealth.Colour.YELLOW, LinkHealth.Colour.GREEN
    };
    for (int i = 0; i < words.length; i++) {
      x -= sheet.width(SMALL, words[i]);
      sheet.text(SMALL, x, top + 11, words[i]);
      x -= 11;
      sheet.fill(Ink.of(colours[i]), x, top + 4.5f, 8, 8);
      x -= 10;
    }
  }

  private static boolean isWell(LinkFigures link) {
    return link.colour() == LinkHealth.Colour.GREEN || link.colour() == LinkHealth.Colour.NONE;
  }
}
