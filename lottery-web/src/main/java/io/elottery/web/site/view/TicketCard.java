package io.elottery.web.site.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ticket of the player who is signed in.
 *
 * @param state {@code SEALED}, {@code WON}, …
 * @param stateText the same in words
 * @param prize as text; empty when none
 * @param lines the played combinations, each with its pools
 */
public record TicketCard(
    String id,
    String game,
    String gameTitle,
    String draw,
    String state,
    String stateText,
    String price,
    String prize,
    Optional<Instant> soldAt,
    List<List<Balls>> lines) {
  /** Copies. */
  public TicketCard {
    lines = List.copyOf(lines);
  }

  /** Its page. */
  public String href() {
    return "/tickets/" + id;
  }

  /** Its draw's page. */
  public String drawHref() {
    return "/draws/" + game + "/" + draw;
  }
}
