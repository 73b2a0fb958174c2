package io.elottery.ledger.node;

import io.elottery.ledger.call.Response;

/** The way back to whoever sent a command or query. Used once, on the ledger loop. */
@FunctionalInterface
interface Answers {
  /** For what the writer asks of itself. */
  Answers NOBODY = response -> {};

  void answer(Response response);
}
