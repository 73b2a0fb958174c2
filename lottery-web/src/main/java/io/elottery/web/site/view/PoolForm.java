package io.elottery.web.site.view;

import java.util.List;
import java.util.Set;

/**
 * Where numbers of one pool are picked.
 *
 * @param field the name of its form field
 * @param chosen what is picked already
 */
public record PoolForm(
    String field,
    String title,
    int pick,
    boolean first,
    List<Integer> numbers,
    Set<Integer> chosen) {
  /** Copies. */
  public PoolForm {
    numbers = List.copyOf(numbers);
    chosen = Set.copyOf(chosen);
  }
}
