package io.elottery.controller.acting;

import io.elottery.controller.acting.Rule.Giver;
import io.elottery.controller.acting.Rule.Undo;
import io.elottery.reports.order.Order;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The table from what is found to what is ordered; the only place that says so. {@code
 * docs/orders.md} holds the same lines, which a test compares. The most urgent first.
 */
public final class ActingTable {
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Finding.DOWN,
              Order.Kind.MOVE_WRITERS,
              config -> Duration.ZERO,
              "at once",
              Giver.HALF,
              false,
              60,
              Undo.NONE),
          new Rule(
              Finding.OVERLOADED,
              Order.Kind.HAND_OVER,
              ActingConfig::guideAfter,
              "orders.guide-after",
              Giver.LEFT,
              true,
              12,
              Undo.NONE),
          new Rule(
              Finding.DOWN,
              Order.Kind.REKNIT,
              ActingConfig::reknitAfter,
              "orders.reknit-after",
              Giver.LEFT,
              true,
              6,
              Undo.TAKE_BACK),
          new Rule(
              Finding.SLOW,
              Order.Kind.CAPACITY_TEST,
              ActingConfig::testAfter,
              "orders.test-after",
              Giver.LEFT,
              true,
              6,
              Undo.NONE),
          new Rule(
              Finding.UNFIT,
              Order.Kind.CONSERVE,
              config -> Duration.ZERO,
              "at once",
              Giver.LEFT,
              true,
              2,
              Undo.STAFF),
          new Rule(
              Finding.DOWN,
              Order.Kind.REPLACE,
              ActingConfig::ringGrace,
              "ring.grace",
              Giver.LEFT,
              true,
              2,
              Undo.WITHDRAW));

  private ActingTable() {}

  /** The lines, the most urgent first. */
  public static List<Rule> rules() {
    return RULES;
  }

  /** The lines' own order. */
  static Comparator<Rule> order() {
    return Comparator.comparingInt(RULES::indexOf);
  }

  /** The lines as a page shows them: one row of a Markdown table each. */
  public static List<String> rows() {
    return RULES.stream().map(ActingTable::row).toList();
  }

  private static String row(Rule rule) {
    return String.format(
        "| %s | `%s` | %s | %s | %s | %d | %s |",
        rule.finding().words(),
        rule.order(),
        rule.afterWords().contains(".") ? "`" + rule.afterWords() + "`" : rule.afterWords(),
        rule.giver() == Giver.LEFT ? "LEFT" : "the worker's half",
        rule.sparing() ? "yes" : "no",
        rule.perMinute(),
        rule.undo().words());
  }
}
