package io.elottery.worker.mains;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Order;
import io.elottery.worker.roster.RosterDesk;
import io.elottery.worker.shards.Replicas;
import java.util.ArrayDeque;
import java.util.Deque;
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

  private final RosterDesk rosters;
  private final Replicas replicas;
  private final Deque<String> done = new ArrayDeque<>();

  /** With the gate of the rosters' desk. */
  public OrderDesk(RosterDesk rosters, Replicas replicas) {
    this.rosters = rosters;
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
      } else if (!rosters.admits(order.hemisphere(), order.fence())) {
        log.warn("order {} of {} refused: fence {} is old", order.id(), from, order.fence());
        answer.refuse("OLD_FENCE", "a leader with a newer fence acts for " + order.hemisphere());
      } else {
        once(order);
        answer.reply(TAKEN);
      }
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "not an order: " + malformed.getMessage());
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
