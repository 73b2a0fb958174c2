package io.elottery.web.console.view;

import java.util.List;

/**
 * All links as a triangle of squares: one row and one column for each worker.
 *
 * @param width of the drawing in its own units
 * @param height of the drawing
 */
public record KeyMatrix(int width, int height, List<Label> labels, List<Cell> cells) {
  /** Copies. */
  public KeyMatrix {
    labels = List.copyOf(labels);
    cells = List.copyOf(cells);
  }

  /**
   * A worker's name beside its row or above its column.
   *
   * @param anchor {@code end} beside a row, {@code middle} above a column
   */
  public record Label(int x, int y, String name, String anchor) {}

  /**
   * Where two workers meet.
   *
   * @param state colour: {@code green yellow red}, or {@code none} where there is no link
   * @param epoch empty where there is no link
   * @param title said when pointed at
   */
  public record Cell(int x, int y, int size, String state, String epoch, String age, String title) {
    /** The middle of the square. */
    public int middle() {
      return x + size / 2;
    }

    /** Where the epoch is written. */
    public int upper() {
      return y + size / 2 - 2;
    }

    /** Where the age is written. */
    public int lower() {
      return y + size / 2 + 14;
    }
  }
}
