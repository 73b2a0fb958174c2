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
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.shards.Replicas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders of mains, each once; one under an older fence is refused. On the supervision
 * loop.
 */
public final class OrderDesk {
  private static final Logger log = LoggerFactory.getLogger(OrderDesk.class);
  private static final int REMEMBERED_MAX = 256;
  private static final Envelope TAKEN =
      new Envelope(ReportsKinds.ORDER_TAKEN, ReportsKinds.VERSION, new byte[0]);

  private final FenceDesk fences;
  private final Consumer<NodeId> outdated;
  private final Replicas replicas;
  private final Deque<String> done = new ArrayDeque<>();

  /**
   * Carries out nothing until it is served.
   *
   * @param outdated told of every main whose order was refused as old
   */
  public OrderDesk(FenceDesk fences, Consumer<NodeId> outdated, Replicas replicas) {
    this.fences = fences;
    this.outdated = outdated;
    this.replicas = replicas;
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
        once(order);
        answer.reply(TAKEN);
      }
      case OLD_FENCE -> {
        answer.refuse("OLD_FENCE", "a leader with a newer fence acts for " + order.hemisphere());
        outdated.accept(main);
      }
      case NOT_KEPT -> answer.refuse("NOT_KEPT", "the disk does not take the order's fence");
    }
  }

  private void once(Order order) {
    String name = order.hemisphere() + "/" + order.fence() + "/" + order.id();
    if (done.contains(name)) {
      return;
    }
    done.addLast(name);
    if (done.size() > REMEMBERED_MAX) {
      done.removeFirst();
    }
    log.info("order {}: {} {}, because {}", name, order.kind(), order.target(), order.cause());
    switch (order.kind()) {
      case MOVE_WRITERS -> replicas.suspect(order.target());
    }
  }
}
