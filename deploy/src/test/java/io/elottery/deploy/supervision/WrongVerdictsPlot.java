package io.elottery.deploy.supervision;

import io.elottery.deploy.supervision.TownsRun.Sum;
import java.util.List;
import java.util.Locale;

/**
 * The second picture of {@code docs/detection.md}: wrong verdicts in a simulated worker-year, for
 * each number of neighbours. What never happened is drawn as an arrow down from its bound.
 */
final class WrongVerdictsPlot {
  private static final double LEFT = 84;
  private static final double TOP = 60;
  private static final double WIDTH = 540;
  private static final double HEIGHT = 210;
  private static final double LEAST = 1;
  private static final double MOST = 1_000_000;
  private static final double APART = 34; // between the marks of one number of neighbours

  private final StringBuilder svg = new StringBuilder();

  private WrongVerdictsPlot() {}

  /** As SVG. */
  static String of(List<Sum> sums) {
    WrongVerdictsPlot plot = new WrongVerdictsPlot();
    plot.head(sums);
    plot.axes();
    for (int i = 0; i < sums.size(); i++) {
      plot.group(LEFT + WIDTH * (i + 0.5) / sums.size(), sums.get(i));
    }
    return plot.svg.append("</svg>\n").toString();
  }

  private void head(List<Sum> sums) {
    StringBuilder words = new StringBuilder("Wrong verdicts in a simulated worker-year.");
    sums.forEach(
        sum ->
            words.append(
                String.format(
                    Locale.ROOT,
                    " %d neighbours, %.2f worker-years: %d false DOWN, %d DOWN of workers most did"
                        + " not hear, %d SUSPECT.",
                    sum.neighbours(),
                    sum.years(),
                    sum.downs(),
                    sum.unheard(),
                    sum.suspects())));
    svg.append(
        """
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 660 330' role='img'
             aria-labelledby='title desc'>
        <title id='title'>How often a living worker is called DOWN or SUSPECT</title>
        <desc id='desc'>%s</desc>
        <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .mid { text-anchor: middle } .end { text-anchor: end }
        .paper { fill: #ffffff } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e; fill: none }
        .suspect { fill: #4493f8; stroke: #4493f8 } .unheard { fill: #bc4c00; stroke: #bc4c00 }
        .down { fill: #1f2328; stroke: #1f2328 } .bound { fill: none; stroke-width: 2 }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc } .paper { fill: #0d1117 } .grid { stroke: #3d444d }
          .axis { stroke: #9198a1 } .suspect { fill: #58a6ff; stroke: #58a6ff }
          .unheard { fill: #f0883e; stroke: #f0883e } .down { fill: #f0f6fc; stroke: #f0f6fc }
          .bound { fill: none }
        }
        </style>
        <rect class='paper' width='660' height='330'/>
        """
            .formatted(words));
  }

  private void axes() {
    mark("suspect", LEFT + 6, 28, false);
    add("<text x='%.0f' y='32'>SUSPECT</text>", LEFT + 18);
    mark("unheard", LEFT + 106, 28, false);
    add("<text x='%.0f' y='32'>DOWN, unheard by most</text>", LEFT + 118);
    mark("down", LEFT + 290, 28, false);
    add("<text x='%.0f' y='32'>false DOWN; arrow: none seen, at most</text>", LEFT + 302);
    for (double value = LEAST; value <= MOST; value *= 10) {
      add("<path class='grid' d='M%.0f %.1fh%.0f'/>", LEFT, y(value), WIDTH);
      add(
          "<text x='%.0f' y='%.1f' class='end'>%s</text>",
          LEFT - 8, y(value) + 4, String.format(Locale.ROOT, "%,.0f", value));
    }
    add("<path class='axis' d='M%.0f %.0fv%.0fh%.0f'/>", LEFT, TOP, HEIGHT, WIDTH);
    add(
        "<text x='%.0f' y='%.0f' class='mid'>verdicts in a simulated worker-year, by neighbours of"
            + " each worker</text>",
        LEFT + WIDTH / 2, TOP + HEIGHT + 46);
  }

  private void group(double x, Sum sum) {
    add(
        "<text x='%.1f' y='%.0f' class='mid'>k = %d</text>",
        x, TOP + HEIGHT + 20, sum.neighbours());
    one("suspect", x - APART, sum.suspects(), sum.years());
    one("unheard", x, sum.unheard(), sum.years());
    one("down", x + APART, sum.downs(), sum.years());
  }

  private void one(String kind, double x, long seen, double years) {
    mark(kind, x, y(Math.max(seen, seen == 0 ? 3 : 0) / years), seen == 0);
  }

  // A point; or a bar at the bound of what was not seen, and an arrow down from it.
  private void mark(String kind, double x, double y, boolean unseen) {
    if (unseen) {
      add("<path class='%s bound' d='M%.1f %.1fh14m-7 0v22m-5 -6l5 6l5 -6'/>", kind, x - 7, y);
    } else {
      add("<circle class='%s' cx='%.1f' cy='%.1f' r='5'/>", kind, x, y);
    }
  }

  private static double y(double value) {
    double part = Math.log(Math.max(LEAST, value) / LEAST) / Math.log(MOST / LEAST);
    return TOP + HEIGHT * (1 - Math.min(1, part));
  }

  private void add(String line, Object... values) {
    svg.append(String.format(Locale.ROOT, line, values)).append('\n');
  }
}
