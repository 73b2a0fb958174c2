package io.elottery.worker.shards;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.lottery.machine.LotteryMachine;
import java.time.Instant;
import java.util.Optional;

/** The lottery's machine, as the ledger wants one. On the ledger loop. */
public final class LotteryReplica implements ReplicatedMachine {
  private final LotteryMachine machine = new LotteryMachine();
  private final Runnable errandCalled;
  private long errandsSeen;

  /** On its own, as in simulations of one shard. */
  public LotteryReplica() {
    this(() -> {});
  }

  /**
   * @param errandCalled told when another shard may have to be told something; must not wait
   */
  LotteryReplica(Runnable errandCalled) {
    this.errandCalled = errandCalled;
  }

  LotteryMachine machine() {
    return machine;
  }

  @Override
  public byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command) {
    byte[] reply = machine.execute(stampedAt, random32, position, command);
    long errands = machine.errandsCalled();
    if (errands != errandsSeen) {
      errandsSeen = errands;
      errandCalled.run();
    }
    return reply;
  }

  @Override
  public void follow(Instant stampedAt, byte[] random32, long position, byte[] command) {
    machine.follow(stampedAt, random32, position, command);
  }

  @Override
  public byte[] query(byte[] query, long position) {
    return machine.query(query, position);
  }

  @Override
  public byte[] snapshot() {
    return machine.snapshot();
  }

  @Override
  public void restore(byte[] snapshot) {
    try {
      machine.restore(snapshot);
    } catch (MalformedMessage malformed) {
      // It was written by this code and checked on its way: going on would serve a wrong state.
      throw new InvariantViolation("a shard's snapshot is malformed: " + malformed.getMessage());
    }
  }

  @Override
  public Optional<Instant> nextWake() {
    return machine.nextWake();
  }

  @Override
  public byte[] wakeCommand() {
    return machine.wakeCommand();
  }
}
