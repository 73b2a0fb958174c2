package io.elottery.controller.acting;

import io.elottery.reports.order.Order;
import java.util.function.Function;

/**
 * One line of the table: what is ordered when something is found.
 *
 * @param after how long it must have been found for, from the configuration
 * @param afterWords the same for people
 * @param giver whose leader gives the order
 * @param sparing whether it changes the network, so that it is held while many are missing
 * @param perMinute at most so many of this kind in any minute, in the giver's half
 * @param undo what happens when the finding is gone
 */
public record Rule(
    Finding finding,
    Order.Kind order,
    Function<ActingConfig, java.time.Duration> after,
    String afterWords,
    Giver giver,
    boolean sparing,
    int perMinute,
    Undo undo) {

  /** Whose leader gives an order. */
  public enum Giver {
    /** The leader of the worker's own half. */
    HALF,
    /** LEFT's leader, who knows the whole network. */
    LEFT
  }

  /** What happens to an order when its cause is gone. */
  public enum Undo {
    /** Nothing: what was done stays, or comes back by itself. */
    NONE("nothing to take back"),
    /** What was done is taken back after a calm time. */
    TAKE_BACK("taken back after calm"),
    /** What was not done yet is not done any more. */
    WITHDRAW("withdrawn at once"),
    /** Only the staff end it. */
    STAFF("the staff release it");

    private final String words;

    Undo(String words) {
      this.words = words;
    }

    /** For the table in {@code docs/orders.md}. */
    public String words() {
      return words;
    }
  }
}
