package io.elottery.ledger.node;

/**
 * What a worker's ledger did since it was started. Commands through entries is the size of a batch,
 * entries through flushes what a flush serves.
 *
 * @param commands proposed here, as the writer
 * @param entries proposed here: a batch of commands each
 * @param flushes of the store, each for all replicas
 * @param messages sent to other replicas
 */
public record Work(long commands, long entries, long flushes, long messages) {
  /** Before anything was done. */
  public static final Work NONE = new Work(0, 0, 0, 0);
}
