package io.elottery.web.site.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a draw, the first first.
 *
 * @param title the game's
 * @param href the draw's page
 */
public record HistoryPage(String title, String game, String id, String href, List<Row> rows) {
  /** Copies. */
  public HistoryPage {
    rows = List.copyOf(rows);
  }

  /**
   * One thing that happened.
   *
   * @param kind as the feed calls it
   * @param words a sentence
   * @param until a moment that ends the sentence
   * @param position of the command in the ledger of the draw's shard
   */
  public record Row(
      Instant at, String kind, String words, Optional<Instant> until, String position) {}
}
