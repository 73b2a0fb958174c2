package io.elottery.web.console.view;

import java.util.List;
import java.util.Optional;

/**
 * One thing explained.
 *
 * @param severity of what is wrong; empty when nothing is
 * @param cause what it follows from, the nearest first
 * @param done what main did; empty when nothing
 * @param draw of a draw: whether it sells and can be drawn
 */
public record ExplainView(
    String subject,
    String code,
    String severity,
    String what,
    String since,
    String impact,
    List<String> cause,
    List<String> evidence,
    String done,
    String next,
    List<EventRow> events,
    Optional<DrawView> draw) {
  /** Copies. */
  public ExplainView {
    cause = List.copyOf(cause);
    evidence = List.copyOf(evidence);
    events = List.copyOf(events);
  }

  /** What is told of a draw beside the words. */
  public record DrawView(
      String state, boolean sells, boolean drawable, String shard, String writer) {}
}
