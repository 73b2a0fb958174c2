package io.elottery.deploy.bench.ledger;

import java.io.IOException;
import java.time.Duration;

/** One of those that are compared, running. */
interface LedgerSide extends AutoCloseable {
  /** For the table. */
  String name();

  /**
   * Keeps so many commands under way, each followed by the next once it is acknowledged.
   *
   * @param warmUp before anything counts
   */
  Measured run(int underWay, Duration warmUp, Duration measured) throws IOException;

  @Override
  void close() throws IOException;
}
