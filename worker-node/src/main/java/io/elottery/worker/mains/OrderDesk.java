package io.elottery.worker.mains;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Order;
import io.elottery.worker.proving.Proof;
import io.elottery.worker.resting.RestDesk;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.shards.Replicas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders of mains, each once; one under an older fence is refused. On the supervision
 * loop.
 */
public final class OrderDesk {
  /**
   * Who carries out what.
   *
   * @param leave this worker leaves the network for good, for that reason
   */
  public record Doers(
      NodeId self,
      Replicas replicas,
      RestDesk rest,
      Proof proof,
      Function<String, CompletableFuture<Void>> leave) {}

  private static final Logger log = LoggerFactory.getLogger(OrderDesk.class);
  private static final int REMEMBERED_MAX = 256;
  private static final String SHARD = "shard-";
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final Envelope TAKEN =
      new Envelope(ReportsKinds.ORDER_TAKEN, ReportsKinds.VERSION, new byte[0]);

  private final FenceDesk fences;
  private final Consumer<NodeId> outdated;
  private final Doers doers;
  private final Deque<String> done = new ArrayDeque<>();

  /**
   * Carries out nothing until it is served.
   *
   * @param outdated told of every main whose order was refused as old
   */
  public OrderDesk(FenceDesk fences, Consumer<NodeId> outdated, Doers doers) {
    this.fences = fences;
    this.outdated = outdated;
    this.doers = doers;
  }

  /** Takes the orders from the switchboard. */
  public void serve(Switchboard board) {
    board.serve(ReportsKinds.ORDER, this::order);
  }

  private void order(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      Order order = Order.parse(request.body());
      if (from.role() != Role.MAIN) {
        answer.refuse("NOT_ALLOWED", "only mains give orders");
      } else {
        String what = "order " + order.id() + " of " + from.id();
        fences.check(
            order.hemisphere(),
            order.fence(),
            what,
            outcome -> answered(from.id(), order, outcome, answer));
      }
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "not an order: " + malformed.getMessage());
    }
  }

  private void answered(
      NodeId main, Order order, FenceDesk.Answer outcome, CallHandler.Answer answer) {
    switch (outcome) {
      case ADMITTED -> {
        once(main, order)
            .whenComplete(
                (taken, problem) -> {
                  if (problem == null) {
                    answer.reply(TAKEN);
                  } else {
                    answer.refuse("NOT_DONE", String.valueOf(problem.getMessage()));
                  }
                });
      }
      case OLD_FENCE -> {
        answer.refuse("OLD_FENCE", "a leader with a newer fence acts for " + order.hemisphere());
        outdated.accept(main);
      }
      case NOT_KEPT -> answer.refuse("NOT_KEPT", "the disk does not take the order's fence");
    }
  }

  private CompletableFuture<Void> once(NodeId main, Order order) {
    String name = order.hemisphere() + "/" + order.fence() + "/" + order.id();
    if (done.contains(name)) {
      return DONE;
    }
    done.addLast(name);
    if (done.size() > REMEMBERED_MAX) {
      done.removeFirst();
    }
    log.info("order {}: {} {}, because {}", name, order.kind(), order.target(), order.cause());
    return switch (order.kind()) {
      case MOVE_WRITERS -> {
        doers.replicas.suspect(order.target());
        yield DONE;
      }
      case CONSERVE -> doers.rest.conserve(order.target(), order.cause());
      case RELEASE -> doers.rest.release(order.target());
      case CAPACITY_TEST ->
          doers.proof.begin(main, order.id())
              ? DONE
              : refused("a capacity test is under way already");
      case HAND_OVER -> handOver(order);
      case REMOVE ->
          order.target().equals(doers.self)
              ? doers.leave.apply(order.cause())
              : refused("it is about " + order.target() + ", not " + doers.self);
      case REKNIT, REPLACE -> refused(order.kind() + " is done by mains");
    };
  }

  // shard-3>worker-5
  private CompletableFuture<Void> handOver(Order order) {
    String detail = order.detail();
    int arrow = detail.indexOf('>');
    if (!order.target().equals(doers.self) || arrow < 0 || !detail.startsWith(SHARD)) {
      return refused("expected shard-…>worker for " + doers.self + ", got \"" + detail + "\"");
    }
    try {
      int shard = Integer.parseInt(detail.substring(SHARD.length(), arrow));
      doers.replicas.handOver(shard, NodeId.of(detail.substring(arrow + 1)));
      return DONE;
    } catch (IllegalArgumentException malformed) {
      return refused("\"" + detail + "\": " + malformed.getMessage());
    }
  }

  private static CompletableFuture<Void> refused(String why) {
    return CompletableFuture.failedFuture(new IllegalStateException(why));
  }
}
