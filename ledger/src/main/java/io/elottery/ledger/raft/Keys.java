package io.elottery.ledger.raft;

import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import java.nio.ByteBuffer;

/**
 * Where a replica's records stand in the store: {@code 01, shard u16, incarnation u64, kind u8} and
 * what follows for the kind.
 */
final class Keys {
  private static final int SPACE = 1;
  private static final int ENDPOINT = 'E';
  private static final int MEMBERS = 'M';
  private static final int TERM = 'T';
  private static final int LOG = 'L';
  private static final int SNAPSHOT = 'S';
  private static final int PIECE = 'P';

  private final byte[] prefix;

  Keys(ShardId shard, long incarnation) {
    prefix = new WireWriter().u8(SPACE).u16(shard.number()).i64(incarnation).toBytes();
  }

  byte[] endpoint() {
    return key(ENDPOINT).toBytes();
  }

  byte[] members() {
    return key(MEMBERS).toBytes();
  }

  byte[] term() {
    return key(TERM).toBytes();
  }

  byte[] entry(long index) {
    return key(LOG).i64(index).toBytes();
  }

  byte[] logEnd() {
    return key(LOG + 1).toBytes();
  }

  byte[] chunk(long index, int chunk) {
    return key(SNAPSHOT).i64(index).i32(chunk).toBytes();
  }

  byte[] snapshotsEnd() {
    return key(SNAPSHOT + 1).toBytes();
  }

  byte[] piece(long number) {
    return key(PIECE).i64(number).toBytes();
  }

  static long pieceNumber(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  byte[] piecesEnd() {
    return key(PIECE + 1).toBytes();
  }

  byte[] start() {
    return prefix.clone();
  }

  byte[] end() {
    return key(0xff).toBytes();
  }

  private WireWriter key(int kind) {
    return new WireWriter(32).raw(prefix).u8(kind);
  }
}
