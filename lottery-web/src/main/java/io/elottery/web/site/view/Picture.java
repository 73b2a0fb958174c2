package io.elottery.web.site.view;

import java.util.List;

/**
 * The network as a drawing of 800 × 480 units: two hemispheres, their workers on a circle, lines
 * between neighbours.
 */
public record Picture(List<Half> halves, List<Edge> edges, List<Dot> dots, List<Shard> shards) {
  /** Copies. */
  public Picture {
    halves = List.copyOf(halves);
    edges = List.copyOf(edges);
    dots = List.copyOf(dots);
    shards = List.copyOf(shards);
  }

  /** One hemisphere: its circle, who leads it and under which fence. */
  public record Half(String name, int x, int y, int radius, String leader, String detail) {}

  /**
   * A line between two neighbours.
   *
   * @param link the two, {@code worker-1,worker-2}
   * @param bad whether something is wrong with it
   */
  public record Edge(int x1, int y1, int x2, int y2, String link, boolean bad) {}

  /**
   * A worker.
   *
   * @param verdict decides the colour
   * @param title said when pointed at: verdict, since when, the evidence
   */
  public record Dot(int x, int y, String name, String verdict, String title) {}

  /** A shard, its writer and its replicas. */
  public record Shard(String id, String writer, String replicas) {}
}
