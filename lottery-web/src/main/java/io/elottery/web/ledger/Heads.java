package io.elottery.web.ledger;

import io.elottery.ledger.head.CountersignedHead;
import java.util.List;
import java.util.Optional;

/**
 * What the copies of a shard signed of its history.
 *
 * @param authority the certificate, DER, of whoever certified the signers; not to be changed
 * @param items oldest first
 */
public record Heads(Optional<byte[]> authority, List<CountersignedHead> items) {
  /** Nothing is known. */
  public static final Heads NONE = new Heads(Optional.empty(), List.of());

  /** Copies. */
  public Heads {
    items = List.copyOf(items);
  }
}
