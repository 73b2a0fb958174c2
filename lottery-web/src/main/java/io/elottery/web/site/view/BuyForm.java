package io.elottery.web.site.view;

import java.util.List;
import java.util.Optional;

/**
 * Where a ticket is bought.
 *
 * @param action where it is sent
 * @param lines one list of pools for each line
 * @param key the idempotency key of the form by numbers
 * @param quickKey that of the quick pick
 * @param quick lines asked for as quick pick
 * @param moreHref the same page with one more line; empty at the limit
 */
public record BuyForm(
    String action,
    List<List<PoolForm>> lines,
    String key,
    String quickKey,
    int quick,
    int linesMax,
    String priceEach,
    long priceMinor,
    String currency,
    Optional<String> moreHref) {
  /** Copies. */
  public BuyForm {
    lines = List.copyOf(lines);
  }
}
