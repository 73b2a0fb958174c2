package io.elottery.ledger.raft;

import io.elottery.foundation.id.NodeId;
import java.util.Optional;

/** What became of a proposed entry or of a read; told after everything it rests on is flushed. */
public interface Proposal {
  /** Committed, or read, at the position; {@code result} is what the machine returned. */
  void done(long position, Object result);

  /** Certainly not in the log: not the writer; who it may be. */
  void redirected(Optional<NodeId> writer);

  /** Certainly not in the log: too much waits, or a writer is being elected. */
  void busy();

  /** In the log or not, nobody knows yet. */
  void unknown(String why);
}
