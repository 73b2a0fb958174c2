package io.elottery.web.site.view;

import java.util.List;
import java.util.Optional;

/**
 * A drawing of the past.
 *
 * @param date as text, the lottery's own day
 * @param label the draw's id, or where an imported result comes from
 * @param href its page; empty for imported ones
 */
public record ResultRow(
    String date, String label, Optional<String> href, List<Balls> numbers, String note) {
  /** Copies. */
  public ResultRow {
    numbers = List.copyOf(numbers);
  }
}
