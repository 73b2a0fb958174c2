package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.foreign.ForeignErrand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * TOR and OTW in shards of their own, their writers' errands, and a network that loses, repeats and
 * reorders what goes between them. A writer that crashes forgets what was under way; what its shard
 * had committed is there after it, by snapshot.
 */
final class TwoShards {
  static final BranchId TOR = BranchId.of("TOR");
  static final BranchId OTW = BranchId.of("OTW");

  /** A message under way: an errand to its shard, or what follows from its answer back home. */
  private record Message(BranchId to, LotteryCommand command, Optional<ForeignErrand> errand) {}

  private final Map<BranchId, Shard> shards = new TreeMap<>();
  private final Map<BranchId, Set<String>> underWay = new TreeMap<>();
  private final List<Message> network = new ArrayList<>();
  private final Random random;

  TwoShards(Random random) {
    this.random = random;
    for (BranchId branch : List.of(TOR, OTW)) {
      shards.put(branch, new Shard(RandomLife.PAGE));
      underWay.put(branch, new HashSet<>());
    }
  }

  Shard shard(BranchId branch) {
    return Objects.requireNonNull(shards.get(branch));
  }

  private Set<String> sent(BranchId branch) {
    return Objects.requireNonNull(underWay.get(branch));
  }

  DrawRef onSale(BranchId branch, int capacity) {
    Shard shard = shard(branch);
    DrawCommand.OpenDraw opening =
        new DrawCommand.OpenDraw(
            Shard.TOOL,
            Shard.MINI,
            Shard.json(Shard.mini()),
            DrawId.parse(branch + "M211126"),
            true,
            capacity,
            new SaleEnd.After(Duration.ofHours(2)),
            shard.parties.keys(),
            Shard.BUILD,
            shard.key());
    DrawRef draw = shard.done(opening, LotteryReply.DrawAccepted.class).draw();
    shard.parties.commitAll(draw);
    return draw;
  }

  /** The writer of a branch sends what is open and not under way. */
  void send(BranchId from) {
    for (ForeignErrand errand :
        shard(from).machine.errands(1 + random.nextInt(8), sent(from)::contains)) {
      sent(from).add(errand.id());
      network.add(
          new Message(
              BranchId.of(errand.command().actorKey().substring("branch/".length())),
              errand.command(),
              Optional.of(errand)));
    }
  }

  /** Something under way arrives: it, or a copy while it stays under way. */
  void arrive() {
    if (network.isEmpty()) {
      return;
    }
    int which = random.nextInt(network.size());
    Message message = random.nextInt(4) == 0 ? network.get(which) : network.remove(which);
    take(message);
  }

  private void take(Message message) {
    LotteryReply reply = shard(message.to()).run(message.command());
    message
        .errand()
        .flatMap(errand -> errand.after(reply))
        .ifPresent(
            next -> {
              BranchId home = message.to().equals(TOR) ? OTW : TOR;
              network.add(new Message(home, next, Optional.empty()));
            });
  }

  void lose() {
    if (!network.isEmpty()) {
      network.remove(random.nextInt(network.size()));
    }
  }

  /** The branch's writer crashes; another goes on with what was committed. */
  void crash(BranchId branch) {
    Shard shard = shard(branch);
    byte[] snapshot = shard.machine.snapshot();
    try {
      shard.machine.restore(snapshot);
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
    if (!java.util.Arrays.equals(snapshot, shard.machine.snapshot())) {
      throw new AssertionError(branch + ": restored to another state");
    }
    sent(branch).clear();
  }

  /** Everybody is patient until nothing is open any more. */
  void settle() {
    for (int round = 0; round < 50; round++) {
      for (BranchId branch : shards.keySet()) {
        sent(branch).clear();
        send(branch);
      }
      if (network.isEmpty()) {
        return;
      }
      while (!network.isEmpty()) {
        take(network.remove(random.nextInt(network.size())));
      }
    }
    throw new AssertionError("errands are still open after 50 rounds");
  }

  int underWay() {
    return network.size();
  }

  List<MoneyBalance> money() {
    List<MoneyBalance> all = new ArrayList<>();
    shards.values().forEach(shard -> all.addAll(shard.machine.check()));
    return all;
  }

  long onItsWay() {
    return money().stream().mapToLong(MoneyBalance::abroad).sum();
  }
}
