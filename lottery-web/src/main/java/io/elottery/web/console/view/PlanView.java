package io.elottery.web.console.view;

import java.util.List;

/**
 * What a rotation would do.
 *
 * @param scope which links were asked for, in words
 * @param field the scope's field, to be sent again: {@code link worker hemisphere all}
 * @param value its value
 */
public record PlanView(
    String scope, String field, String value, List<List<String>> waves, List<Blocked> blocked) {
  /** Copies. */
  public PlanView {
    waves = waves.stream().map(List::copyOf).toList();
    blocked = List.copyOf(blocked);
  }

  /** A link that cannot be rotated now. */
  public record Blocked(String link, String why) {}
}
