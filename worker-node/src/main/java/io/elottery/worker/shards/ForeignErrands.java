package io.elottery.worker.shards;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.foreign.ForeignErrand;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other shards what the shards written here must tell them, and executes at home what follows
 * from the answer, until nothing is open. It remembers only what is under way: what is open is part
 * of the shards' replicated state, so the next writer goes on where this one stopped, and telling
 * something twice does no harm. On the ledger loop.
 */
final class ForeignErrands {
  private static final Logger log = LoggerFactory.getLogger(ForeignErrands.class);
  // Under way at once for each shard and other branch; more wait in the state.
  private static final int MOST = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final NodeLoop loop;
  private final Mailroom mailroom;
  private final Predicate<ShardId> writes;
  private final KeepConfig keep;
  private final List<ProjectionPlugin> plugins;
  private final Map<ShardId, LotteryReplica> shards = new TreeMap<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean posted;
  private long done;
  private long again;

  /**
   * @param writes whether this worker writes a shard now
   * @param plugins what makes views of what happens
   */
  ForeignErrands(
      NodeLoop loop,
      Mailroom mailroom,
      Predicate<ShardId> writes,
      KeepConfig keep,
      List<ProjectionPlugin> plugins) {
    this.plugins = plugins;
    this.keep = keep;
    this.loop = loop;
    this.mailroom = mailroom;
    this.writes = writes;
  }

  /** Only workers speak for shards. */
  static boolean mayCall(Peer from, CommandCall call) {
    return from.role() == Role.WORKER
        || !call.isCommand()
        || !ForeignCommand.isBetweenShards(call.body());
  }

  /** The state of a shard held here. */
  LotteryReplica hold(ShardId shard) {
    LotteryReplica replica = new LotteryReplica(keep, plugins, this::called);
    shards.put(shard, replica);
    return replica;
  }

  /** All actors held here. */
  Census census() {
    Census all = Census.none();
    for (LotteryReplica replica : shards.values()) {
      all = all.plus(replica.machine().census());
    }
    return all;
  }

  /** Errands answered so far. */
  long done() {
    return done;
  }

  /** Errands that were not answered in time, and tried again. */
  long again() {
    return again;
  }

  /** Errands under way now. */
  int underWay() {
    return underWay.size();
  }

  // Whatever a loop turn brings is looked at once, after the turn.
  private void called() {
    if (!posted) {
      posted = true;
      loop.execute(
          () -> {
            posted = false;
            run();
          });
    }
  }

  /** Begins what is open and not under way; also called now and then, for a new writer. */
  void run() {
    for (Map.Entry<ShardId, LotteryReplica> shard : shards.entrySet()) {
      if (writes.test(shard.getKey())) {
        shard.getValue().machine().errands(MOST, underWay::contains).forEach(this::begin);
      }
    }
  }

  private void begin(ForeignErrand errand) {
    underWay.add(errand.id());
    tell(errand.command())
        .thenAccept(
            delivery ->
                reply(delivery)
                    .flatMap(errand::after)
                    .ifPresentOrElse(next -> finish(errand, next), () -> later(errand, delivery)));
  }

  private void finish(ForeignErrand errand, LotteryCommand next) {
    tell(next)
        .thenAccept(
            delivery -> {
              if (reply(delivery).filter(ForeignErrands::isTaken).isPresent()) {
                done++;
                underWay.remove(errand.id());
                called(); // The next part of a settlement may wait.
              } else {
                later(errand, delivery);
              }
            });
  }

  private java.util.concurrent.CompletableFuture<Delivery> tell(LotteryCommand command) {
    return mailroom.deliver(command.actorKey(), command.encode(), PATIENCE);
  }

  private static boolean isTaken(LotteryReply reply) {
    return reply instanceof LotteryReply.ForeignNoted
        || reply instanceof LotteryReply.ForeignSettled;
  }

  private void later(ForeignErrand errand, Delivery delivery) {
    if (Long.bitCount(++again) == 1) {
      log.warn("{} is tried again, {} were so far: {}", errand.id(), again, words(delivery));
    }
    loop.after(AGAIN, () -> underWay.remove(errand.id()));
  }

  private static Optional<LotteryReply> reply(Delivery delivery) {
    if (delivery instanceof Delivery.Answered answered) {
      try {
        return Optional.of(LotteryReply.decode(answered.body()));
      } catch (MalformedMessage otherVersion) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String words(Delivery delivery) {
    return reply(delivery).map(LotteryReply::toString).orElseGet(delivery::toString);
  }
}
