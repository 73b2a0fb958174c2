package io.elottery.web.site.view;

import java.time.Instant;

/**
 * A draw in a list.
 *
 * @param game its id
 * @param gameTitle its name for people
 * @param slot {@code Evening}, with the branch's name
 * @param jackpot the highest prize, as text; empty when it depends on sales
 * @param left tickets that can still be sold, as text; empty when without limit
 */
public record DrawCard(
    String game,
    String gameTitle,
    String id,
    String branch,
    String slot,
    String state,
    Instant closesAt,
    String price,
    String jackpot,
    String sold,
    String left) {

  /** Its page. */
  public String href() {
    return "/draws/" + game + "/" + id;
  }

  /** Whether tickets are sold. */
  public boolean open() {
    return state.equals("OPEN");
  }
}
