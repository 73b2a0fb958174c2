package io.elottery.ledger.raft;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.hash.Sha256;
import io.microraft.statemachine.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives committed entries to the shard's machine. What the machine throws is our bug and stops the
 * node: MicroRaft would hand it to the proposer and go on with a state that is not the others'.
 */
final class MachineAdapter implements StateMachine {
  static final Object NOTHING = new Object();

  private static final int CHUNK_BYTES = 1 << 20;

  private final LogMachine machine;
  private final FaultHandler faults;
  private final String name;
  private long applied;
  private long logBytes;
  private long snapshotSize;
  // Of the last snapshot's pieces: most of them are the next one's too.
  private IdentityHashMap<byte[], ByteBuffer> sums = new IdentityHashMap<>();
  private long logBytesMost = Long.MAX_VALUE;
  private Runnable logIsLarge = () -> {};

  MachineAdapter(LogMachine machine, FaultHandler faults, String name) {
    this.machine = machine;
    this.faults = faults;
    this.name = name;
  }

  long applied() {
    return applied;
  }

  /**
   * Calls when the entries applied since the last snapshot take more than this and more than that
   * snapshot: they are held in memory until the next one, and MicroRaft only counts them.
   */
  void whenLogIsLarge(long bytes, Runnable call) {
    logBytesMost = bytes;
    logIsLarge = call;
  }

  @Override
  public Object runOperation(long commitIndex, Object operation) {
    if (operation instanceof Read) {
      return NOTHING;
    }
    Operation entry = (Operation) operation;
    try {
      Object result = entry.isNewTerm() ? NOTHING : machine.apply(commitIndex, entry.bytes());
      applied = commitIndex;
      logBytes += entry.bytes().length;
      if (logBytes > Math.max(logBytesMost, snapshotSize)) {
        logBytes = 0;
        logIsLarge.run();
      }
      return result;
    } catch (RuntimeException | Error bug) {
      faults.fault(name + " at position " + commitIndex, bug);
      throw bug;
    }
  }

  @Override
  public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
    logBytes = 0;
    snapshotSize = 0;
    List<byte[]> pieces = new ArrayList<>();
    try {
      machine.snapshot(piece -> cut(piece, pieces));
    } catch (RuntimeException | Error bug) {
      faults.fault(name + ": snapshot at position " + commitIndex, bug);
      throw bug;
    }
    chunks.accept(new Operation(manifest(pieces).encode()));
    pieces.forEach(piece -> chunks.accept(new Operation(piece)));
  }

  private SnapshotManifest manifest(List<byte[]> pieces) {
    IdentityHashMap<byte[], ByteBuffer> now = new IdentityHashMap<>();
    List<ByteBuffer> all = new ArrayList<>(pieces.size());
    for (byte[] piece : pieces) {
      ByteBuffer known = sums.get(piece);
      ByteBuffer sum = known == null ? ByteBuffer.wrap(Sha256.of(piece)) : known;
      now.put(piece, sum);
      all.add(sum);
    }
    sums = now;
    return new SnapshotManifest(all);
  }

  private void cut(byte[] piece, List<byte[]> pieces) {
    snapshotSize += piece.length;
    if (piece.length <= CHUNK_BYTES) {
      pieces.add(piece);
      return;
    }
    for (int at = 0; at < piece.length; at += CHUNK_BYTES) {
      pieces.add(Arrays.copyOfRange(piece, at, Math.min(piece.length, at + CHUNK_BYTES)));
    }
  }

  @Override
  public void installSnapshot(long commitIndex, List<Object> chunks) {
    List<byte[]> all = chunks.stream().map(chunk -> ((Operation) chunk).bytes()).toList();
    boolean listed = SnapshotManifest.decode(all.get(0)).isPresent();
    List<byte[]> pieces = listed ? all.subList(1, all.size()) : all;
    try {
      machine.restore(pieces);
      applied = commitIndex;
      logBytes = 0;
      snapshotSize = pieces.stream().mapToLong(piece -> piece.length).sum();
    } catch (RuntimeException | Error bug) {
      faults.fault(name + ": snapshot at position " + commitIndex, bug);
      throw bug;
    }
  }

  @Override
  public Object getNewTermOperation() {
    return Operation.NEW_TERM;
  }

  /** Stands for a linearizable read: the reader looks at the machine when it comes back. */
  enum Read {
    /** The only one. */
    READ
  }
}
