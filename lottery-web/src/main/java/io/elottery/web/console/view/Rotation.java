package io.elottery.web.console.view;

import java.util.List;

/**
 * A rotation under way, or the last one.
 *
 * @param state {@code RUNNING DONE STOPPED}
 * @param words who decided it and what it is about
 * @param why what stopped it; empty otherwise
 * @param done links that are done
 * @param total all its links
 * @param waves in order
 */
public record Rotation(
    String state, String words, String why, int done, int total, List<Wave> waves) {
  /** Copies. */
  public Rotation {
    waves = List.copyOf(waves);
  }

  /** Whether it still goes on. */
  public boolean running() {
    return state.equals("RUNNING");
  }

  /** Links that rotate at the same time. */
  public record Wave(int number, List<Line> links) {
    /** Copies. */
    public Wave {
      links = List.copyOf(links);
    }
  }

  /**
   * One link of a wave.
   *
   * @param state {@code pending running done failed left_out}: decides the colour
   */
  public record Line(String link, String state, String title) {}
}
