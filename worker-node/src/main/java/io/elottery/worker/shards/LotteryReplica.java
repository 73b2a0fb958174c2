package io.elottery.worker.shards;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.machine.LotteryMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The lottery's machine, as the ledger wants one. On the ledger loop. */
public final class LotteryReplica implements ReplicatedMachine {
  private final LotteryMachine machine;
  private final Duration keep;
  private final Runnable errandCalled;
  private long errandsSeen;

  /** On its own, as in simulations of one shard. */
  public LotteryReplica() {
    this(KeepConfig.defaults(), Projections.standard(), () -> {});
  }

  /**
   * @param keep how long what has ended stays
   * @param plugins what makes views of what happens
   * @param errandCalled told when another shard may have to be told something; must not wait
   */
  LotteryReplica(KeepConfig keep, List<ProjectionPlugin> plugins, Runnable errandCalled) {
    this.machine = new LotteryMachine(plugins);
    this.keep = keep.keep();
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
  public boolean takesRoom(byte[] command) {
    return LotteryMachine.takesRoom(command);
  }

  @Override
  public byte[] takeDigest() {
    return machine.takeDigest();
  }

  @Override
  public void snapshot(Consumer<byte[]> pieces) {
    machine.snapshot(pieces);
  }

  @Override
  public void restore(List<byte[]> pieces) {
    try {
      machine.restore(pieces);
    } catch (MalformedMessage malformed) {
      // It was written by this code and checked on its way: going on would serve a wrong state.
      throw new InvariantViolation("a shard's snapshot is malformed: " + malformed.getMessage());
    }
  }

  @Override
  public Optional<Instant> nextWake() {
    return forgetsFirst() ? machine.nextForget(keep) : machine.nextWake();
  }

  // Forgetting also lets happen what is due before, as every command does.
  @Override
  public byte[] wakeCommand() {
    return forgetsFirst() ? new ForgetEnded(keep).encode() : machine.wakeCommand();
  }

  private boolean forgetsFirst() {
    Optional<Instant> due = machine.nextWake();
    return machine
        .nextForget(keep)
        .filter(forget -> due.isEmpty() || forget.isBefore(due.get()))
        .isPresent();
  }
}
