package io.elottery.ledger.head;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A shard's whole history up to a position, in a few bytes. Two copies whose heads at a position
 * are the same have executed the same entries, and the same became of them.
 *
 * @param number of the head in its shard, from 1
 * @param position of the log entry after which it was made
 * @param commands that were executed up to there: the position that the last receipt may name
 * @param stampedAt the latest stamp up to there, whole milliseconds
 * @param log 32 bytes: the chain over all entries
 * @param state 32 bytes: the machine's digest of what became of them since the head before
 * @param previous 32 bytes: {@link #hash()} of the head before; zeros for the first one
 */
public record Head(
    ShardId shard,
    long number,
    LogPosition position,
    long commands,
    Instant stampedAt,
    byte[] log,
    byte[] state,
    byte[] previous) {
  /** Of each of its hashes. */
  public static final int HASH_BYTES = 32;

  private static final byte[] PURPOSE = "elottery head 1".getBytes(StandardCharsets.US_ASCII);

  /** Checks the sizes. */
  public Head {
    if (log.length != HASH_BYTES || state.length != HASH_BYTES || previous.length != HASH_BYTES) {
      throw new IllegalArgumentException("head: expected hashes of " + HASH_BYTES + " bytes");
    }
    if (commands < 0 || number < 1) {
      throw new IllegalArgumentException("head " + number + " after " + commands + " commands");
    }
  }

  /** What the next head names as the one before. */
  public byte[] hash() {
    return Sha256.of(encode());
  }

  /**
   * The bytes that a server signs.
   *
   * @param voters how many copies have a vote in the shard, as the signer knows
   */
  public byte[] statement(NodeId server, int voters) {
    return new WireWriter(192).raw(PURPOSE).text(server.name()).u8(voters).raw(encode()).toBytes();
  }

  /** Whether both say the same. */
  public boolean same(Head other) {
    return Arrays.equals(encode(), other.encode());
  }

  /** Its bytes. */
  public byte[] encode() {
    WireWriter out = new WireWriter(160);
    write(out);
    return out.toBytes();
  }

  /** As a part of something. */
  void write(WireWriter out) {
    out.u16(shard.number())
        .i64(number)
        .i64(position.index())
        .i64(commands)
        .i64(stampedAt.toEpochMilli())
        .raw(log)
        .raw(state)
        .raw(previous);
  }

  /** Reads {@link #write}. */
  static Head read(WireReader in) throws MalformedMessage {
    try {
      return new Head(
          new ShardId(in.u16()),
          in.i64(),
          new LogPosition(in.i64()),
          in.i64(),
          Instant.ofEpochMilli(in.i64()),
          in.raw(HASH_BYTES),
          in.raw(HASH_BYTES),
          in.raw(HASH_BYTES));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
