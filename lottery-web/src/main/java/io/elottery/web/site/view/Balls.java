package io.elottery.web.site.view;

import java.util.List;

/**
 * Numbers of one pool, shown as balls.
 *
 * @param pool its name
 * @param first whether it is the game's first pool; the others are coloured
 */
public record Balls(String pool, boolean first, List<Ball> balls) {
  /** Copies. */
  public Balls {
    balls = List.copyOf(balls);
  }

  /**
   * One ball.
   *
   * @param hit whether it was drawn
   * @param special whether it is a bonus ball out of the same pool
   */
  public record Ball(int number, boolean hit, boolean special) {}
}
