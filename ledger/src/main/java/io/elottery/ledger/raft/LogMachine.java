package io.elottery.ledger.raft;

/** What a replica does with its log, once an entry is committed. On the ledger loop. */
public interface LogMachine {
  /**
   * Applies one entry.
   *
   * @param position its index
   * @return what the proposer gets
   */
  Object apply(long position, byte[] entry);

  /** All of the state. */
  byte[] snapshot();

  /** Replaces all of the state. */
  void restore(byte[] snapshot);
}
