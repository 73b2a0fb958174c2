package io.elottery.ledger.call;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What one replica answered to a question, signed by its server: who differs cannot deny it later.
 *
 * @param id of the question
 * @param position at which it was answered
 * @param answer the answer's own bytes, as a player would get them
 * @param seal the server's signature over {@link #statement} and what proves whose it is
 */
public record Testimony(ShardId shard, byte[] id, LogPosition position, byte[] answer, Seal seal) {
  private static final int VERSION = 1;
  private static final byte[] PURPOSE = "elottery testimony 1".getBytes(StandardCharsets.US_ASCII);

  /**
   * A signature.
   *
   * @param signature over a statement; empty when the server does not sign
   * @param certificate of the server, DER; empty when the server does not sign
   */
  public record Seal(byte[] signature, byte[] certificate) {
    /** Of a server that does not sign. */
    public static final Seal NONE = new Seal(new byte[0], new byte[0]);
  }

  /** The bytes that a server signs. */
  public static byte[] statement(
      NodeId server, ShardId shard, byte[] id, LogPosition position, byte[] answer) {
    return new WireWriter(128)
        .raw(PURPOSE)
        .text(server.name())
        .u16(shard.number())
        .raw(id)
        .i64(position.index())
        .raw(Sha256.of(answer))
        .toBytes();
  }

  /** The bytes that the server signed, if it gave this testimony. */
  public byte[] statementOf(NodeId server) {
    return statement(server, shard, id, position, answer);
  }

  /** Whether both say the same of the same question. */
  public boolean agrees(Testimony other) {
    return position.equals(other.position) && Arrays.equals(answer, other.answer);
  }

  /** As an envelope. */
  public Envelope envelope() {
    return new Envelope(LedgerKinds.TESTIMONY, VERSION, encode());
  }

  /** Its bytes, which also stand in evidence. */
  public byte[] encode() {
    return new WireWriter(answer.length + 700)
        .u16(shard.number())
        .raw(id)
        .i64(position.index())
        .bytes(seal.signature())
        .bytes(seal.certificate())
        .raw(answer)
        .toBytes();
  }

  /** Reads {@link #envelope()}. */
  public static Testimony of(Envelope envelope) throws MalformedMessage {
    Versions.check(envelope, VERSION);
    return decode(envelope.body());
  }

  /** Reads {@link #encode()}. */
  public static Testimony decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int shard = in.u16();
    if (shard >= ShardId.MAX) {
      throw new MalformedMessage("shard " + shard);
    }
    byte[] id = in.raw(Question.ID_BYTES);
    long position = in.i64();
    if (position < 0) {
      throw new MalformedMessage("position " + position);
    }
    Seal seal = new Seal(in.bytes(), in.bytes());
    return new Testimony(new ShardId(shard), id, new LogPosition(position), in.rest(), seal);
  }
}
