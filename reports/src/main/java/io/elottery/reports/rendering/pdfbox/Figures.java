package io.elottery.reports.rendering.pdfbox;

import java.io.IOException;
import java.util.List;

/** A table over as many pages as it takes, its heads on each. */
final class Figures {
  private static final Sheet.Type TITLE = new Sheet.Type(12, Ink.TEXT, true);
  private static final Sheet.Type NOTE = new Sheet.Type(7.5f, Ink.QUIET, false);
  private static final Sheet.Type HEAD = new Sheet.Type(7.5f, Ink.WHITE, true);
  private static final Sheet.Type CELL = new Sheet.Type(8, Ink.TEXT, false);
  private static final Sheet.Type FIRST = new Sheet.Type(8, Ink.TEXT, true);
  private static final float ROW = 15;
  private static final float PAD = 5;

  /**
   * A column.
   *
   * @param share of the width, all together 1
   */
  record Column(String head, float share) {}

  private final Sheet sheet;
  private final String title;
  private final String note;
  private final List<Column> columns;

  Figures(Sheet sheet, String title, String note, List<Column> columns) {
    this.sheet = sheet;
    this.title = title;
    this.note = note;
    this.columns = List.copyOf(columns);
  }

  /** Draws from that height on; returns where it ended. */
  float draw(float top, List<List<String>> rows) throws IOException {
    float y = heads(top);
    for (int i = 0; i < rows.size(); i++) {
      if (y + ROW > Sheet.BOTTOM) {
        sheet.next();
        y = heads(Sheet.MARGIN);
      }
      if (i % 2 == 1) {
        sheet.fill(Ink.STRIPE, Sheet.MARGIN, y, Sheet.RIGHT - Sheet.MARGIN, ROW);
      }
      row(rows.get(i), y, CELL, FIRST);
      y += ROW;
    }
    return y;
  }

  private float heads(float top) throws IOException {
    sheet.text(TITLE, Sheet.MARGIN, top + 12, title);
    sheet.text(NOTE, Sheet.MARGIN + sheet.width(TITLE, title) + 10, top + 12, note);
    float y = top + 22;
    sheet.fill(Ink.ACCENT, Sheet.MARGIN, y, Sheet.RIGHT - Sheet.MARGIN, ROW);
    row(columns.stream().map(Column::head).toList(), y, HEAD, HEAD);
    return y + ROW;
  }

  // The first to the left, numbers to the right.
  private void row(List<String> cells, float y, Sheet.Type type, Sheet.Type first)
      throws IOException {
    float x = Sheet.MARGIN;
    for (int i = 0; i < columns.size(); i++) {
      float width = columns.get(i).share * (Sheet.RIGHT - Sheet.MARGIN);
      if (i == 0) {
        sheet.text(first, x + PAD, y + 10.5f, cells.get(i));
      } else {
        sheet.right(type, x + width - PAD, y + 10.5f, cells.get(i));
      }
      x += width;
    }
  }
}
