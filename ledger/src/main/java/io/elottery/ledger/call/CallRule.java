package io.elottery.ledger.call;

import io.elottery.foundation.id.Peer;

/** Which calls a worker takes from whom. On the ledger loop. */
@FunctionalInterface
public interface CallRule {
  /** Whether this peer may send this call; one that may not is refused and counted. */
  boolean allows(Peer from, CommandCall call);

  /** Everybody may send everything. */
  static CallRule anybody() {
    return (from, call) -> true;
  }
}
