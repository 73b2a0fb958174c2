package io.elottery.controller.acting;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.reports.order.Order;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells servers an order and counts who took it. On main's loop. */
final class Telling {
  private static final Logger log = LoggerFactory.getLogger(Telling.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String OLD_FENCE = "OLD_FENCE";

  private final Switchboard board;
  private final Hemispheres halves;

  /**
   * @param halves told when a server has seen a newer fence than the order's
   */
  Telling(Switchboard board, Hemispheres halves) {
    this.board = board;
    this.halves = halves;
  }

  /**
   * Who was told and took it.
   *
   * @param refusal the last one's reason; empty when all took it
   */
  record Taken(int told, int took, String refusal) {
    boolean byAll() {
      return told == took;
    }

    String words() {
      return "taken by "
          + took
          + " of "
          + told
          + (refusal.isEmpty() ? "" : ", the last refusal: " + refusal);
    }
  }

  /** Tells all; {@code taken} is told once when the last has answered. */
  void tell(Order order, Collection<NodeId> servers, Consumer<Taken> taken) {
    int[] open = {servers.size(), 0};
    String[] refusal = {""};
    if (servers.isEmpty()) {
      taken.accept(new Taken(0, 0, ""));
    }
    for (NodeId server : servers) {
      board
          .call(server, order.envelope(), PATIENCE)
          .whenComplete(
              (answer, problem) -> {
                if (problem == null) {
                  open[1]++;
                } else {
                  refusal[0] = String.valueOf(problem.getMessage());
                  log.warn("order {} to {}: {}", order.id(), server, problem.getMessage());
                  if (problem instanceof CallFailed failed && failed.code().equals(OLD_FENCE)) {
                    halves.outdated(order.fence(), server.name());
                  }
                }
                if (--open[0] == 0) {
                  taken.accept(new Taken(servers.size(), open[1], refusal[0]));
                }
              });
    }
  }
}
