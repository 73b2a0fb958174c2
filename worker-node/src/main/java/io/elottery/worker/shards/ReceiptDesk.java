package io.elottery.worker.shards;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.machine.ReceiptSigning;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has receipts signed on a loop of their own, a log entry's at a time, while the ledger loop writes
 * the next ones. When {@value #ENTRIES_MAX} entries wait, the next one is signed on the ledger loop
 * itself, which slows the taking of commands to what can be signed.
 */
final class ReceiptDesk implements ReplyFinisher, Lifecycle {
  private static final int ENTRIES_MAX = 256;
  private static final int PRACTICE = 400;
  private static final Duration PRACTICE_EVERY = Duration.ofMillis(25);

  private final NodeLoop ledger;
  private final NodeLoop signing;
  private final LoopThread thread;
  private final ReplyFinisher finisher; // on the signing loop
  private final ReplyFinisher spare; // on the ledger loop
  private final Runnable practice;

  /**
   * @param finisher for the desk's own thread
   * @param spare another one, for the ledger loop
   * @param practice signs something that leads nowhere
   */
  ReceiptDesk(
      NodeId self,
      NodeLoop ledger,
      FaultHandler faults,
      ReplyFinisher finisher,
      ReplyFinisher spare,
      Runnable practice) {
    this.ledger = ledger;
    this.signing = new NodeLoop("receipts", ledger.time(), ENTRIES_MAX, faults);
    this.thread = new LoopThread(self.name(), signing);
    this.finisher = finisher;
    this.spare = spare;
    this.practice = practice;
  }

  @Override
  public byte[] finish(ShardId shard, byte[] reply) {
    return spare.finish(shard, reply);
  }

  @Override
  public Testimony.Seal seal(byte[] statement) {
    return spare.seal(statement);
  }

  @Override
  public void seal(byte[] statement, Consumer<Testimony.Seal> then) {
    boolean taken =
        signing.post(
            () -> {
              Testimony.Seal seal = finisher.seal(statement);
              ledger.post(() -> then.accept(seal));
            });
    if (!taken) {
      then.accept(spare.seal(statement));
    }
  }

  // What is not taken is not checked at all: heads come again.
  @Override
  public void check(NodeId worker, byte[] statement, Testimony.Seal seal, Consumer<Boolean> then) {
    boolean taken =
        signing.post(
            () ->
                finisher.check(
                    worker, statement, seal, holds -> ledger.post(() -> then.accept(holds))));
    if (!taken) {
      then.accept(false);
    }
  }

  @Override
  public void finishAll(ShardId shard, List<byte[]> replies, Consumer<List<byte[]>> then) {
    if (replies.stream().noneMatch(ReceiptSigning::holdsReceipt)) {
      then.accept(replies);
      return;
    }
    boolean taken =
        signing.post(
            () -> {
              List<byte[]> signed = signed(finisher, shard, replies);
              // Refused when the ledger loop is more than full: whoever waits asks again.
              ledger.post(
                  () -> {
                    then.accept(signed);
                  });
            });
    if (!taken) {
      then.accept(signed(spare, shard, replies));
    }
  }

  private static List<byte[]> signed(ReplyFinisher by, ShardId shard, List<byte[]> replies) {
    return replies.stream().map(reply -> by.finish(shard, reply)).toList();
  }

  @Override
  public void start() {
    practise(PRACTICE);
    thread.start();
  }

  // In small steps, beside everything else.
  private void practise(int left) {
    if (left > 0) {
      signing.after(
          PRACTICE_EVERY,
          () -> {
            practice.run();
            practise(left - 1);
          });
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
