package io.elottery.ledger.node;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One log entry: commands in the order they came, with the writer's stamp and chance.
 *
 * @param stampedAt milliseconds of the writer's wall clock; the machine is given the latest stamp
 *     so far, so that what it sees never decreases
 * @param random 32 bytes; each command gets its own, hashed with its place in the batch
 */
record Batch(Instant stampedAt, byte[] random, List<byte[]> commands) {
  static final int RANDOM_BYTES = 32;

  private static final int FORMAT = 1;
  private static final int COMMANDS_MAX = 4096;

  byte[] encode() {
    int size = 64;
    for (byte[] command : commands) {
      size += command.length + 5;
    }
    WireWriter out =
        new WireWriter(size)
            .u8(FORMAT)
            .i64(stampedAt.toEpochMilli())
            .raw(random)
            .varint(commands.size());
    commands.forEach(out::bytes);
    return out.toBytes();
  }

  static Batch decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("log entry of format " + format + ": this build reads " + FORMAT);
    }
    Instant stampedAt = Instant.ofEpochMilli(in.i64());
    byte[] random = in.raw(RANDOM_BYTES);
    int count = in.count(COMMANDS_MAX);
    List<byte[]> commands = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      commands.add(in.bytes());
    }
    in.done();
    return new Batch(stampedAt, random, commands);
  }

  /** The chance of the command at this place: SHA-256(random ‖ place). */
  byte[] randomOf(int place) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(random);
      hash.update(ByteBuffer.allocate(4).putInt(place).array());
      return hash.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", impossible);
    }
  }
}
