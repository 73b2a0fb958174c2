package io.elottery.reports.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a draw.
 *
 * @param subject {@code powerball/TORM211126}
 * @param shard that holds it
 * @param known its own state; empty when its shard did not answer
 */
public record DrawFacts(String subject, int shard, Optional<Known> known) {
  /**
   * As its shard answered.
   *
   * @param state {@code OPEN CLOSED REVEALING DRAWN CERTIFIED DISPUTED STALLED VOID}
   * @param onSale whether every party has committed and it is open
   * @param waitingFor the parties whose step it waits for
   * @param since when it came to this step
   */
  public record Known(
      String state, boolean onSale, Instant closesAt, List<String> waitingFor, Instant since) {
    /** Copies. */
    public Known {
      waitingFor = List.copyOf(waitingFor);
    }
  }
}
