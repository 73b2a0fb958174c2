package io.elottery.ledger.raft;

import java.util.List;
import java.util.function.Consumer;

/** What a replica does with its log, once an entry is committed. On the ledger loop. */
public interface LogMachine {
  /**
   * Applies one entry.
   *
   * @param position its index
   * @return what the proposer gets
   */
  Object apply(long position, byte[] entry);

  /** All of the state, in pieces; each is given away as soon as it is made. */
  void snapshot(Consumer<byte[]> pieces);

  /** Replaces all of the state by what {@link #snapshot} gave, cut in the same way or finer. */
  void restore(List<byte[]> pieces);
}
