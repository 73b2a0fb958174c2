package io.elottery.controller.supervision;

import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.order.Order;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns verdicts into orders and records both: {@code verdicts/<worker>} holds the current verdict,
 * {@code orders/<n>} the last {@value #ORDERS_KEPT} orders with their cause. On main's loop.
 */
public final class OrderDesk implements VerdictListener {
  /** Orders that the records keep. */
  public static final int ORDERS_KEPT = 256;

  private static final Logger log = LoggerFactory.getLogger(OrderDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Switchboard board;
  private final Records records;
  private final Supplier<Collection<NodeId>> workers;
  private long lastOrder;

  /**
   * @param workers who is to be told of a worker that is down
   */
  public OrderDesk(Switchboard board, Records records, Supplier<Collection<NodeId>> workers) {
    this.board = board;
    this.records = records;
    this.workers = workers;
  }

  @Override
  public void changed(Judgement judgement, long fence) {
    WireWriter out = new WireWriter(256);
    judgement.writeTo(out);
    record("verdicts/" + judgement.worker(), out.toBytes(), fence);
    if (judgement.verdict() == Verdict.DOWN) {
      order(Order.Kind.MOVE_WRITERS, judgement, fence);
    }
  }

  private void order(Order.Kind kind, Judgement judgement, long fence) {
    Hemisphere hemisphere = judgement.hemisphere();
    Order order =
        new Order(++lastOrder, hemisphere, fence, kind, judgement.worker(), judgement.because());
    log.info("order {} {} {} under fence {}", order.id(), kind, order.target(), fence);
    record("orders/" + order.id() % ORDERS_KEPT, order.envelope().body(), fence);
    for (NodeId worker : workers.get()) {
      if (!worker.equals(order.target())) {
        board
            .call(worker, order.envelope(), PATIENCE)
            .whenComplete(
                (taken, problem) -> {
                  if (problem != null) {
                    log.warn("order {} to {}: {}", order.id(), worker, problem.getMessage());
                  }
                });
      }
    }
  }

  private void record(String path, byte[] value, long fence) {
    records
        .write(path, value, fence)
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn("{} was not recorded: {}", path, problem.toString());
              }
            });
  }
}
