package io.elottery.web.site.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the player who is signed in, the newest first.
 *
 * @param amounts whether it is somebody with a balance
 * @param begins whether it is the newest page
 * @param older the page after
 */
public record MyHistoryPage(
    List<Row> rows, boolean amounts, boolean begins, Optional<String> older) {
  /** Copies. */
  public MyHistoryPage {
    rows = List.copyOf(rows);
  }

  /**
   * One thing that happened.
   *
   * @param words a sentence
   * @param href of the ticket, or of the draw where there is no ticket to see; empty: neither
   * @param label what the link says
   * @param amount with its sign; empty when the balance stayed as it was
   */
  public record Row(
      Instant at,
      String kind,
      String words,
      String href,
      String label,
      String amount,
      String balance) {}
}
