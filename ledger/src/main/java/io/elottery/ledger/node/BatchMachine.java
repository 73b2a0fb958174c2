package io.elottery.ledger.node;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.raft.LogMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Opens batches and gives their commands to the shard's machine, with stamps that never fall. A
 * batch's replies: those to its commands, then the answers to its questions. Replies are made only
 * while an entry that was proposed here is awaited: followers make none.
 */
final class BatchMachine implements LogMachine {
  private static final int SNAPSHOT_FORMAT = 2;

  private final ReplicatedMachine machine;
  private final Testimonies testimonies;
  private final Chain chain;
  private final Told told;
  private Instant lastStamp = Instant.EPOCH;
  private int awaited; // entries proposed here whose outcome nobody was told yet

  /** Told of heads, in the turn in which the entry is applied: not to do much then. */
  interface Told {
    /** This replica made a head. */
    void head(Head head);

    /** This replica became what a snapshot says; its chain has other heads now. */
    void restored();
  }

  BatchMachine(ReplicatedMachine machine, Testimonies testimonies, Chain chain, Told told) {
    this.machine = machine;
    this.testimonies = testimonies;
    this.chain = chain;
    this.told = told;
  }

  /** The hashes of what was applied. */
  Chain chain() {
    return chain;
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
    if (chain.add(position, lastStamp, batch.commands().size(), entry)) {
      told.head(chain.tell(machine.takeDigest()));
    }
    return replies;
  }

  @Override
  public void snapshot(Consumer<byte[]> pieces) {
    WireWriter head = new WireWriter(3_072).u8(SNAPSHOT_FORMAT).i64(lastStamp.toEpochMilli());
    chain.write(head);
    pieces.accept(head.toBytes());
    machine.snapshot(pieces);
  }

  @Override
  public void restore(List<byte[]> pieces) {
    try {
      WireReader in = new WireReader(pieces);
      int format = in.u8();
      if (format != SNAPSHOT_FORMAT) {
        throw new MalformedMessage(
            "snapshot of format " + format + ": this build reads " + SNAPSHOT_FORMAT);
      }
      Instant stamp = Instant.ofEpochMilli(in.i64());
      chain.read(in);
      machine.restore(in.restInPieces());
      lastStamp = stamp;
      told.restored();
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
