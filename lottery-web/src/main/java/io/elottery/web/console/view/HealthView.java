package io.elottery.web.console.view;

import java.util.List;
import java.util.Optional;

/**
 * How servers and links were.
 *
 * @param matrix empty when there are too many servers for one
 */
public record HealthView(
    String span,
    String from,
    String to,
    String by,
    String headline,
    List<Row> rows,
    Optional<KeyMatrix> matrix,
    List<Link> links) {
  /** Units of a timeline's width. */
  public static final int WIDTH = 1_000;

  /** Copies. */
  public HealthView {
    rows = List.copyOf(rows);
    links = List.copyOf(links);
  }

  /** Whether nothing was recorded. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * A server.
   *
   * @param line points of a polyline of its round trips, in a box of 1000 × 100; may be empty
   */
  public record Row(
      String server,
      List<Run> runs,
      String line,
      String available,
      String down,
      String trips,
      String processor,
      String heap,
      String missing,
      String title) {
    /** Copies. */
    public Row {
      runs = List.copyOf(runs);
    }
  }

  /** Some time with the same verdict. */
  public record Run(double x, double width, String verdict, String title) {}

  /** A direction of a link that was not well. */
  public record Link(
      String from,
      String to,
      String colour,
      String lost,
      String closed,
      String silent,
      String oneWay) {}
}
