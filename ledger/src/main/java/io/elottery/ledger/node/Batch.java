package io.elottery.ledger.node;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.call.Question;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One log entry: commands in the order they came, with the writer's stamp and chance, and questions
 * that are answered after the last command.
 *
 * @param stampedAt milliseconds of the writer's wall clock; the machine is given the latest stamp
 *     so far, so that what it sees never decreases
 * @param random 32 bytes; each command gets its own, hashed with its place in the batch
 */
record Batch(Instant stampedAt, byte[] random, List<byte[]> commands, List<Question> questions) {
  static final int RANDOM_BYTES = 32;

  private static final int FORMAT = 2;
  private static final int COMMANDS_MAX = 4096;

  Batch(Instant stampedAt, byte[] random, List<byte[]> commands) {
    this(stampedAt, random, commands, List.of());
  }

  byte[] encode() {
    int size = 64;
    for (byte[] command : commands) {
      size += command.length + 5;
    }
    for (Question question : questions) {
      size += Question.ID_BYTES + question.query().length + 5;
    }
    WireWriter out =
        new WireWriter(size)
            .u8(FORMAT)
            .i64(stampedAt.toEpochMilli())
            .raw(random)
            .varint(commands.size());
    commands.forEach(out::bytes);
    out.varint(questions.size());
    questions.forEach(question -> out.bytes(question.encode()));
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
    int asked = in.count(COMMANDS_MAX);
    List<Question> questions = new ArrayList<>(Math.min(asked, 64));
    for (int i = 0; i < asked; i++) {
      questions.add(Question.decode(in.bytes()));
    }
    in.done();
    return new Batch(stampedAt, random, commands, questions);
  }

  /** The chance of the command at this place: SHA-256(random ‖ place). */
  byte[] randomOf(int place) {
    return Sha256.of(random, ByteBuffer.allocate(4).putInt(place).array());
  }
}
