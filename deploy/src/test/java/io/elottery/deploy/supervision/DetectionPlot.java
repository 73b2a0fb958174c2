package io.elottery.deploy.supervision;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The picture of {@code docs/detection.md}: what part of all deaths was known how soon, one panel
 * for each kind of death, one curve for each number of neighbours, other systems' figures beside.
 */
final class DetectionPlot {
  private static final double LEFT = 64;
  private static final double WIDTH = 800;
  private static final double HEIGHT = 200;
  private static final double LEAST = 1; // milliseconds, at the left edge
  private static final double MOST = 30_000;
  private static final List<Integer> TICKS = List.of(1, 10, 100, 1_000, 10_000);
  private static final int WIDEST = 9; // of the first curve: those beneath show on both sides

  /**
   * Another system's figure from issue 4.
   *
   * @param from milliseconds, to the same if it is one figure
   * @param after its name stands after it, not before
   */
  private record Other(String name, double from, double to, boolean after) {}

  private static final List<Other> KILLED =
      List.of(
          new Other("Hazelcast (10) 0.39 s", 390, 390, false),
          new Other("JGroups 0.73 s", 730, 730, true),
          new Other("memberlist 4.1–4.7 s", 4_100, 4_700, false),
          new Other("ScaleCube 16 s", 16_000, 16_000, false));
  private static final List<Other> SILENT =
      List.of(
          new Other("ZooKeeper 1.6 s", 1_600, 1_600, true),
          new Other("JGroups 3–4.5 s", 3_000, 4_500, false),
          new Other("memberlist 4.1–5 s", 4_100, 5_000, true),
          new Other("ScaleCube 16 s", 16_000, 16_000, false));

  private final StringBuilder svg = new StringBuilder();

  private DetectionPlot() {}

  /** As SVG; times by number of neighbours, sorted milliseconds. */
  static String of(Map<Integer, double[]> killed, Map<Integer, double[]> silent, String summary) {
    DetectionPlot plot = new DetectionPlot();
    plot.head(summary);
    plot.legend(List.copyOf(killed.keySet()));
    plot.panel("Killed: its sockets close, its address refuses", 90, killed, KILLED);
    plot.panel("Silent: it stands still, its connections stay open", 360, silent, SILENT);
    plot.add(
        "<text x='%.0f' y='614' class='mid'>from death to DOWN at main, simulated; others: 32 real members until all know (issue 4)</text>",
        middle());
    return plot.svg.append("</svg>\n").toString();
  }

  private void head(String summary) {
    svg.append(
        """
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 630' role='img'
             aria-labelledby='title desc'>
        <title id='title'>How soon main knows that a worker is dead</title>
        <desc id='desc'>%s</desc>
        <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .name { font-weight: 600; font-size: 15px } .mid { text-anchor: middle }
        .end { text-anchor: end } .other { font-size: 12px; fill: #59636e }
        .paper { fill: #ffffff } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e; fill: none }
        .band { fill: #818b98; fill-opacity: .35; stroke: #818b98; stroke-dasharray: 4 3 }
        .curve { fill: none; stroke-linejoin: round }
        .k0 { stroke: #b6d4fe } .k1 { stroke: #4493f8 } .k2 { stroke: #bc4c00 } .k3 { stroke: #1f2328 }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc } .other { fill: #9198a1 }
          .paper { fill: #0d1117 } .grid { stroke: #3d444d } .axis { stroke: #9198a1 }
          .k0 { stroke: #1f4b8f } .k1 { stroke: #58a6ff } .k2 { stroke: #f0883e } .k3 { stroke: #f0f6fc }
        }
        </style>
        <rect class='paper' width='900' height='630'/>
        """
            .formatted(summary));
  }

  private void legend(List<Integer> neighbours) {
    add("<text x='%.0f' y='28' class='name'>deaths known, of all</text>", LEFT);
    double x = LEFT + 210;
    for (int i = 0; i < neighbours.size(); i++) {
      add("<path class='curve k%d' stroke-width='%d' d='M%.0f 23h34'/>", i, width(i), x);
      add("<text x='%.0f' y='28'>k = %d</text>", x + 42, neighbours.get(i));
      x += 110;
    }
    add("<rect class='band' x='%.0f' y='14' width='14' height='18'/>", x);
    add("<text x='%.0f' y='28' class='other'>other systems</text>", x + 20);
  }

  private void panel(String name, double top, Map<Integer, double[]> times, List<Other> others) {
    add("<text x='%.0f' y='%.0f' class='name'>%s</text>", LEFT, top - 14, name);
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(top, percent / 100.0);
      add("<path class='grid' d='M%.0f %.1fh%.0f'/>", LEFT, y, WIDTH);
      add("<text x='%.0f' y='%.1f' class='end'>%d %%</text>", LEFT - 8, y + 4, percent);
    }
    for (int tick : TICKS) {
      add("<path class='grid' d='M%.1f %.0fv%.0f'/>", x(tick), top, HEIGHT);
      String text = tick < 1_000 ? tick + " ms" : tick / 1_000 + " s";
      add("<text x='%.1f' y='%.0f' class='mid'>%s</text>", x(tick), top + HEIGHT + 18, text);
    }
    others.forEach(other -> other(other, top));
    int curve = 0;
    for (double[] sorted : times.values()) {
      add(
          "<path class='curve k%d' stroke-width='%d' d='%s'/>",
          curve, width(curve), steps(sorted, top));
      curve++;
    }
    add("<path class='axis' d='M%.0f %.0fv%.0fh%.0f'/>", LEFT, top, HEIGHT, WIDTH);
  }

  private void other(Other other, double top) {
    double from = x(other.from());
    double to = Math.max(x(other.to()), from + 2);
    add(
        "<rect class='band' x='%.1f' y='%.0f' width='%.1f' height='%.0f'/>",
        from, top, to - from, HEIGHT);
    double at = other.after() ? to + 14 : from - 6;
    add(
        "<text class='other end' transform='translate(%.1f %.0f) rotate(-90)'>%s</text>",
        at, top + 8, other.name());
  }

  private static String steps(double[] sorted, double top) {
    StringBuilder path = new StringBuilder();
    path.append(String.format(Locale.ROOT, "M%.0f %.1f", LEFT, y(top, 0)));
    for (int i = 0; i < sorted.length; i++) {
      path.append(
          String.format(
              Locale.ROOT, "H%.1fV%.1f", x(sorted[i]), y(top, (i + 1.0) / sorted.length)));
    }
    return path.append(String.format(Locale.ROOT, "H%.0f", LEFT + WIDTH)).toString();
  }

  private static int width(int curve) {
    return Math.max(1, WIDEST - 2 * curve - curve / 2);
  }

  private static double middle() {
    return LEFT + WIDTH / 2;
  }

  private static double x(double millis) {
    double part = Math.log(Math.max(LEAST, millis) / LEAST) / Math.log(MOST / LEAST);
    return LEFT + WIDTH * part;
  }

  private static double y(double top, double part) {
    return top + HEIGHT * (1 - part);
  }

  private void add(String line, Object... values) {
    svg.append(String.format(Locale.ROOT, line, values)).append('\n');
  }
}
