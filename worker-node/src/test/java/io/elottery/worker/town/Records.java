package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimDisk;
import io.elottery.ledger.shard.ShardId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** What a disk keeps of a shard's log for certain: the keys of {@code docs/formats/ledger.md}. */
final class Records {
  private static final int CHECKSUM = 4;
  private static final int INCARNATION_AT = 3; // after 01 and the shard
  private static final byte[] SNAPSHOT = {1};

  private Records() {}

  /** What each incarnation's copy has at this place of the log. */
  static List<byte[]> at(SimDisk disk, ShardId shard, long index) {
    NavigableMap<byte[], byte[]> durable = disk.durable();
    List<byte[]> found = new ArrayList<>(1);
    byte[] next = durable.ceilingKey(prefix(shard, 1));
    while (isOf(next, shard)) {
      long incarnation = ByteBuffer.wrap(next).getLong(INCARNATION_AT);
      byte[] entry = durable.get(key(shard, incarnation, 'L', index));
      if (entry != null) {
        found.add(entry);
      } else {
        byte[] snapshot = durable.ceilingKey(key(shard, incarnation, 'S', index));
        byte[] end = key(shard, incarnation, 'S', Long.MAX_VALUE);
        if (snapshot != null && Arrays.compareUnsigned(snapshot, end) < 0) {
          found.add(SNAPSHOT);
        }
      }
      next = durable.ceilingKey(prefix(shard, incarnation + 1));
    }
    return found;
  }

  /** Whether one of the ones is one of the others. */
  static boolean same(List<byte[]> ones, List<byte[]> others) {
    for (byte[] one : ones) {
      for (byte[] other : others) {
        if (same(one, other)) {
          return true;
        }
      }
    }
    return false;
  }

  // But for the checksum, which speaks of the incarnation in the key, too.
  private static boolean same(byte[] one, byte[] other) {
    return one == SNAPSHOT
        || other == SNAPSHOT
        || (one.length == other.length
            && Arrays.equals(one, 0, one.length - CHECKSUM, other, 0, one.length - CHECKSUM));
  }

  private static boolean isOf(byte @Nullable [] key, ShardId shard) {
    return key != null && key[0] == 1 && ByteBuffer.wrap(key).getShort(1) == shard.number();
  }

  private static byte[] prefix(ShardId shard, long incarnation) {
    return ByteBuffer.allocate(11)
        .put((byte) 1)
        .putShort((short) shard.number())
        .putLong(incarnation)
        .array();
  }

  private static byte[] key(ShardId shard, long incarnation, char kind, long index) {
    return ByteBuffer.allocate(20)
        .put((byte) 1)
        .putShort((short) shard.number())
        .putLong(incarnation)
        .put((byte) kind)
        .putLong(index)
        .array();
  }
}
