package io.elottery.deploy.outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns as wide as their longest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /** With these headings. */
  public Table(String... headings) {
    rows.add(headings.clone());
  }

  /** Adds a row; one cell for each heading. */
  public Table row(String... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          "row of " + cells.length + " cells: " + Arrays.toString(cells));
    }
    rows.add(cells.clone());
    return this;
  }

  /** All lines; without rows a word that says so. */
  public String text() {
    if (rows.size() == 1) {
      return "(none)\n";
    }
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
