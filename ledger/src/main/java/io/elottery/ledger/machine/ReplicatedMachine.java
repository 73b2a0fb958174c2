package io.elottery.ledger.machine;

import io.elottery.ledger.head.Head;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of one shard's actors. Every replica gives it the same calls in the same order, so it
 * reads no clock, no chance and no disk: what it needs travels in the arguments. On the ledger
 * loop.
 */
public interface ReplicatedMachine {
  /**
   * Decides and applies one command.
   *
   * @param stampedAt the writer's wall clock when it was put into the log; never decreases
   * @param random32 32 bytes of the writer's chance, different for every command
   * @param position the index of its log entry
   * @return the reply's bytes: the same on every replica
   */
  byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command);

  /**
   * Does what {@link #execute} does where nobody waits for the reply: on a follower, or when a log
   * is read again. The state is the same after both.
   */
  default void follow(Instant stampedAt, byte[] random32, long position, byte[] command) {
    execute(stampedAt, random32, position, command);
  }

  /**
   * Answers a query; changes nothing.
   *
   * @param position up to which the state is applied
   */
  byte[] query(byte[] query, long position);

  /** Whether the command would stay in the state: refused while the disk is full. */
  default boolean takesRoom(byte[] command) {
    return true;
  }

  /**
   * A digest of what became of the commands since this was called last; asked after the same
   * command on every replica, and the same there. What it is made from is part of the snapshot.
   *
   * @return 32 bytes
   */
  default byte[] takeDigest() {
    return new byte[Head.HASH_BYTES];
  }

  /**
   * Gives all of the state in pieces of at most about a mebibyte: the same state gives the same
   * pieces on every replica. A part of the state that did not change should be the same array as
   * the last time, which is written and held once; an array that was given is never changed.
   */
  void snapshot(Consumer<byte[]> pieces);

  /**
   * Replaces all of the state by what {@link #snapshot} gave, wherever it is cut; the arrays are
   * not changed.
   */
  void restore(List<byte[]> pieces);

  /** When the writer should send {@link #wakeCommand()}, if nothing else comes before. */
  Optional<Instant> nextWake();

  /** The command that lets time pass. */
  byte[] wakeCommand();
}
