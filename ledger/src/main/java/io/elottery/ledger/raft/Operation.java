package io.elottery.ledger.raft;

/** What stands in a log entry of ours: the bytes of a batch, or nothing for a new term. */
record Operation(byte[] bytes) {
  /** Written by every new leader to commit what came before. */
  static final Operation NEW_TERM = new Operation(new byte[0]);

  boolean isNewTerm() {
    return bytes.length == 0;
  }

  @Override
  public String toString() {
    return "Operation[" + bytes.length + " bytes]";
  }
}
