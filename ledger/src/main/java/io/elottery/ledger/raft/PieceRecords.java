package io.elottery.ledger.raft;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pieces of a replica's snapshots, each in a record of its own. An array that an earlier
 * snapshot held is not written again; a piece that no snapshot names any more is removed. On the
 * ledger loop.
 */
final class PieceRecords {
  private final GroupCommit commit;
  private final Keys keys;
  private final IdentityHashMap<byte[], Long> numbers =
      new IdentityHashMap<>(); // of the records that are there
  private final TreeMap<Long, TreeMap<Integer, byte[]>> named = new TreeMap<>(); // by snapshot
  private boolean dropped; // a snapshot; its pieces are still there
  private long next = 1;

  PieceRecords(GroupCommit commit, Keys keys) {
    this.commit = commit;
    this.keys = keys;
  }

  /**
   * Writes the piece unless it is there.
   *
   * @param piece never changed again
   * @return the number of its record
   */
  long keep(long snapshot, int chunk, byte[] piece) {
    Long number = numbers.get(piece);
    if (number == null) {
      number = next++;
      commit.put(keys.piece(number), piece);
      numbers.put(piece, number);
    }
    named.computeIfAbsent(snapshot, index -> new TreeMap<>()).put(chunk, piece);
    return number;
  }

  /** No snapshot below this index is there any more. */
  void dropBelow(long index) {
    if (dropped || (!named.isEmpty() && named.firstKey() < index)) {
      named.headMap(index).clear();
      removeUnnamed();
    }
  }

  /**
   * That snapshot is not there any more. What only it named goes when the next one goes or is
   * complete: the snapshot that takes its place names most of it again.
   */
  void drop(long index) {
    if (dropped) {
      removeUnnamed();
    }
    dropped |= named.remove(index) != null;
  }

  private void removeUnnamed() {
    dropped = false;
    Set<byte[]> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    named.values().forEach(pieces -> needed.addAll(pieces.values()));
    TreeSet<Long> unnamed = new TreeSet<>(); // in the same order everywhere
    numbers
        .entrySet()
        .removeIf(there -> !needed.contains(there.getKey()) && unnamed.add(there.getValue()));
    while (!unnamed.isEmpty()) {
      long from = unnamed.pollFirst();
      long to = from + 1;
      while (unnamed.remove(to)) {
        to++;
      }
      commit.deleteRange(keys.piece(from), keys.piece(to));
    }
  }

  /**
   * Goes on after a restart with what one snapshot names; all else is removed.
   *
   * @param there every record, by its number
   * @param chunks of that snapshot that have a record, by their number in it
   */
  void restored(Map<Long, byte[]> there, long snapshot, Map<Integer, byte[]> chunks) {
    there.forEach((number, piece) -> numbers.put(piece, number));
    next = there.keySet().stream().mapToLong(number -> number + 1).max().orElse(next);
    if (!chunks.isEmpty()) {
      named.put(snapshot, new TreeMap<>(chunks));
    }
    removeUnnamed();
  }
}
