package io.elottery.web.site.view;

import java.util.List;
import java.util.Optional;

/**
 * All about one draw.
 *
 * @param buy where a ticket is bought; empty unless open
 * @param steps the sealed-share draw's steps so far, one for each party
 * @param numbers what was drawn; empty before
 * @param winners by tier; empty before
 * @param facts further facts as label and value
 * @param settled whether nothing will change any more
 */
public record DrawPage(
    DrawCard draw,
    Optional<BuyForm> buy,
    List<PartyStep> steps,
    List<Balls> numbers,
    List<TierRow> winners,
    List<Fact> facts,
    boolean settled) {
  /** Copies. */
  public DrawPage {
    steps = List.copyOf(steps);
    numbers = List.copyOf(numbers);
    winners = List.copyOf(winners);
    facts = List.copyOf(facts);
  }

  /** A label and its value. */
  public record Fact(String label, String value) {}
}
