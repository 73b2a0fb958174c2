package io.elottery.worker.town;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.machine.LotteryMachine;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One shard's copies in all their lives: each command that any of them executes gets the same reply
 * at the same place everywhere, what is restored is a state that was, and after each command that
 * is new the money is all there and a refusal says why (DESIGN section 7, 1, 7 and 8).
 */
final class Copies {
  private final ShardId shard;
  private final List<String> broken;
  private final Map<Integer, Integer> snapshots = new HashMap<>(); // hash to place
  private long[] replies = new long[256];
  private int count;

  /**
   * @param broken told of everything that must not be
   */
  Copies(ShardId shard, List<String> broken) {
    this.shard = shard;
    this.broken = broken;
  }

  /** Commands so far. */
  int count() {
    return count;
  }

  /** An empty copy. */
  Copy fresh() {
    return new Copy();
  }

  private void executed(int place, byte[] reply, LotteryMachine machine) {
    long digest = 31L * Arrays.hashCode(reply) + reply.length;
    if (place < count) {
      if (replies[place] != digest) {
        broken.add(shard + ": two copies answer differently at place " + place);
      }
      return;
    }
    if (count == replies.length) {
      replies = Arrays.copyOf(replies, 2 * count);
    }
    replies[count++] = digest;
    for (MoneyBalance money : machine.check()) {
      if (!money.isConserved()) {
        broken.add(shard + ": money is not conserved at place " + place + ": " + money);
      }
    }
    refusalSaysWhy(reply);
  }

  private void refusalSaysWhy(byte[] reply) {
    try {
      if (LotteryReply.decode(reply) instanceof LotteryReply.Refused refused
          && refused.why().detail().isBlank()) {
        broken.add(shard + ": refused without a word: " + refused.why().code());
      }
    } catch (MalformedMessage unreadable) {
      broken.add(shard + ": a reply cannot be read: " + unreadable.getMessage());
    }
  }

  /** One copy in one life of its worker. */
  final class Copy implements ReplicatedMachine {
    private final LotteryMachine machine = new LotteryMachine();
    private Instant lastStamp = Instant.EPOCH;
    private int place;

    /** Commands that it has executed or got in a snapshot. */
    int place() {
      return place;
    }

    @Override
    public byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command) {
      if (stampedAt.isBefore(lastStamp)) {
        broken.add(shard + ": stamps fall from " + lastStamp + " to " + stampedAt);
      }
      lastStamp = stampedAt;
      byte[] reply = machine.execute(stampedAt, random32, position, command);
      executed(place++, reply, machine);
      return reply;
    }

    @Override
    public byte[] query(byte[] query, long position) {
      return machine.query(query, position);
    }

    @Override
    public byte[] takeDigest() {
      return machine.takeDigest();
    }

    @Override
    public byte[] snapshot() {
      byte[] bytes = machine.snapshot();
      Integer before = snapshots.putIfAbsent(Arrays.hashCode(bytes), place);
      if (before != null && before != place) {
        broken.add(shard + ": one state at places " + before + " and " + place);
      }
      return bytes;
    }

    @Override
    public void restore(byte[] snapshot) {
      Integer known = snapshots.get(Arrays.hashCode(snapshot));
      if (known == null) {
        broken.add(shard + ": a snapshot was restored that no copy ever took");
      } else {
        place = known;
      }
      try {
        machine.restore(snapshot);
      } catch (MalformedMessage malformed) {
        broken.add(shard + ": a snapshot cannot be read: " + malformed.getMessage());
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
}
