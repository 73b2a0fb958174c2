package io.elottery.worker.town;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.machine.LotteryMachine;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.worker.shards.LotteryReplica;
import io.elottery.worker.shards.TownErrands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One shard's copies in all their lives: each command that any of them executes gets the same reply
 * at the same place everywhere, what is restored is a state that was, and after each command that
 * is new the money is all there and a refusal says why (DESIGN section 7, 1, 7 and 8).
 */
final class Copies {
  private final ShardId shard;
  private final List<String> broken;
  private final LongConsumer abroadNow;
  private final Map<Integer, Integer> snapshots = new HashMap<>(); // hash to place
  private long[] replies = new long[256];
  private int count;

  /**
   * @param broken told of everything that must not be
   * @param abroadNow told after each new command how much the shard has given to others, all in all
   */
  Copies(ShardId shard, List<String> broken, LongConsumer abroadNow) {
    this.shard = shard;
    this.broken = broken;
    this.abroadNow = abroadNow;
  }

  /** Commands so far. */
  int count() {
    return count;
  }

  /** An empty copy. */
  Copy fresh(LotteryReplica replica) {
    return new Copy(replica);
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
    long abroad = 0;
    for (MoneyBalance money : machine.check()) {
      abroad += money.abroad();
      if (!money.isConserved()) {
        broken.add(shard + ": money is not conserved at place " + place + ": " + money);
      }
    }
    abroadNow.accept(abroad);
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
    private final LotteryReplica replica;
    private final LotteryMachine machine;
    private Instant lastStamp = Instant.EPOCH;
    private int place;

    private Copy(LotteryReplica replica) {
      this.replica = replica;
      this.machine = TownErrands.machine(replica);
    }

    /** Whether no other shard is to be told anything. */
    boolean owesNothing() {
      return machine.errands(1, id -> false).isEmpty();
    }

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
      byte[] reply = replica.execute(stampedAt, random32, position, command);
      executed(place++, reply, machine);
      return reply;
    }

    @Override
    public byte[] query(byte[] query, long position) {
      return replica.query(query, position);
    }

    @Override
    public boolean takesRoom(byte[] command) {
      return replica.takesRoom(command);
    }

    @Override
    public byte[] takeDigest() {
      return replica.takeDigest();
    }

    @Override
    public void snapshot(Consumer<byte[]> pieces) {
      List<byte[]> given = new ArrayList<>();
      replica.snapshot(given::add);
      Integer before = snapshots.putIfAbsent(hash(given), place);
      if (before != null && before != place) {
        broken.add(shard + ": one state at places " + before + " and " + place);
      }
      given.forEach(pieces);
    }

    // Over the cuts too: pieces of several copies are put together.
    private static int hash(List<byte[]> pieces) {
      return Arrays.deepHashCode(pieces.toArray());
    }

    @Override
    public void restore(List<byte[]> pieces) {
      Integer known = snapshots.get(hash(pieces));
      if (known == null) {
        broken.add(shard + ": a snapshot was restored that no copy ever took");
      } else {
        place = known;
      }
      replica.restore(pieces);
    }

    @Override
    public Optional<Instant> nextWake() {
      return replica.nextWake();
    }

    @Override
    public byte[] wakeCommand() {
      return replica.wakeCommand();
    }
  }
}
