package io.elottery.ledger.node;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.raft.LogMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens batches and gives their commands to the shard's machine, with stamps that never fall. A
 * batch's replies: those to its commands, then the answers to its questions. Replies are made only
 * while an entry that was proposed here is awaited: followers make none.
 */
final class BatchMachine implements LogMachine {
  private static final int SNAPSHOT_FORMAT = 1;

  private final ReplicatedMachine machine;
  private final Testimonies testimonies;
  private Instant lastStamp = Instant.EPOCH;
  private int awaited; // entries proposed here whose outcome nobody was told yet

  BatchMachine(ReplicatedMachine machine, Testimonies testimonies) {
    this.machine = machine;
    this.testimonies = testimonies;
  }

  /** An entry was proposed here: replies are made until its outcome is told. */
  void proposed() {
    awaited++;
  }

  /** The outcome of an entry proposed here was told. */
  void told() {
    awaited--;
  }

  /** The latest stamp applied. */
  Instant lastStamp() {
    return lastStamp;
  }

  @Override
  public List<byte[]> apply(long position, byte[] entry) {
    Batch batch = decode(position, entry);
    if (batch.stampedAt().isAfter(lastStamp)) {
      lastStamp = batch.stampedAt();
    }
    List<byte[]> replies = new ArrayList<>(batch.commands().size() + batch.questions().size());
    for (int place = 0; place < batch.commands().size(); place++) {
      byte[] random = batch.randomOf(place);
      byte[] command = batch.commands().get(place);
      if (awaited > 0) {
        replies.add(machine.execute(lastStamp, random, position, command));
      } else {
        machine.follow(lastStamp, random, position, command);
      }
    }
    for (Question question : batch.questions()) {
      byte[] answer = machine.query(question.query(), position);
      testimonies.answered(question, position, answer);
      replies.add(answer);
    }
    return replies;
  }

  @Override
  public byte[] snapshot() {
    byte[] state = machine.snapshot();
    return new WireWriter(state.length + 16)
        .u8(SNAPSHOT_FORMAT)
        .i64(lastStamp.toEpochMilli())
        .raw(state)
        .toBytes();
  }

  @Override
  public void restore(byte[] snapshot) {
    try {
      WireReader in = new WireReader(snapshot);
      int format = in.u8();
      if (format != SNAPSHOT_FORMAT) {
        throw new MalformedMessage(
            "snapshot of format " + format + ": this build reads " + SNAPSHOT_FORMAT);
      }
      Instant stamp = Instant.ofEpochMilli(in.i64());
      machine.restore(in.rest());
      lastStamp = stamp;
    } catch (MalformedMessage damaged) {
      throw new InvariantViolation("snapshot cannot be read: " + damaged.getMessage());
    }
  }

  private static Batch decode(long position, byte[] entry) {
    try {
      return Batch.decode(entry);
    } catch (MalformedMessage damaged) {
      throw new InvariantViolation("entry " + position + ": " + damaged.getMessage());
    }
  }
}
