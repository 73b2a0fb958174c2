package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A gateway: the mailroom on a server of its own, which stays up. */
final class Shop {
  static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration AGAIN = Duration.ofMillis(60);

  private final Supplier<Ring> ring;
  private @Nullable NodeLoop loop;
  private @Nullable Mailroom mailroom;

  Shop(SimWorld world, NodeId name, Supplier<Ring> ring) {
    this.ring = ring;
    world.node(name.name(), Role.GATEWAY, this::boot);
  }

  private void boot(SimNode node) {
    NodeLoop its = node.loop("gateway");
    Switchboard[] board = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> its.post(() -> board[0].received(from, envelope)));
    board[0] = new Switchboard(1, trunk, its);
    loop = its;
    mailroom =
        new Mailroom(
            board[0],
            Route.toWorkers(() -> Optional.of(ring.get())),
            its,
            node.time(),
            MailroomConfig.defaults());
  }

  NodeLoop loop() {
    return Objects.requireNonNull(loop);
  }

  /** Sends a command once; nothing when it was not answered. */
  void send(LotteryCommand command, Consumer<Optional<LotteryReply>> told) {
    Objects.requireNonNull(mailroom)
        .deliver(command.actorKey(), command.encode(), PATIENCE)
        .thenAccept(delivery -> loop().execute(() -> told.accept(body(delivery).map(Shop::reply))));
  }

  /** Sends a command until it is answered. */
  void insist(LotteryCommand command, Consumer<LotteryReply> told) {
    send(
        command,
        reply -> {
          if (reply.isPresent()) {
            told.accept(reply.get());
          } else {
            loop().after(AGAIN, () -> insist(command, told));
          }
        });
  }

  /** Asks once. */
  void ask(LotteryQuery query, Consumer<Optional<LotteryAnswer>> told) {
    Objects.requireNonNull(mailroom)
        .ask(query.actorKey(), query.encode(), PATIENCE)
        .thenAccept(
            delivery -> loop().execute(() -> told.accept(body(delivery).map(Shop::answer))));
  }

  private static Optional<byte[]> body(Delivery delivery) {
    return delivery instanceof Delivery.Answered answered
        ? Optional.of(answered.body())
        : Optional.empty();
  }

  private static LotteryReply reply(byte[] bytes) {
    try {
      return LotteryReply.decode(bytes);
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }

  private static LotteryAnswer answer(byte[] bytes) {
    try {
      return LotteryAnswer.decode(bytes);
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }
}
