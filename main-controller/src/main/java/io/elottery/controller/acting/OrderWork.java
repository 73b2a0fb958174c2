package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import java.util.Set;

/**
 * Carries out one kind of order, or a few. What becomes of it is put into the {@link OrderBook},
 * now or later. On main's loop.
 */
public interface OrderWork {
  /** The kinds it carries out. */
  Set<Order.Kind> kinds();

  /**
   * What the order needs beyond its target, as the record shows it; asked before it is recorded.
   */
  default String detail(Order.Kind kind, NodeId target) {
    return "";
  }

  /** Begins; the order is recorded. */
  void carryOut(OrderRecord record);

  /**
   * Its cause is gone.
   *
   * @param why for the record
   */
  default void takeBack(OrderRecord record, String why) {}

  /** Looks how far its orders are; now and then, while this main acts for LEFT. */
  default void look() {}

  /**
   * An order of the leader before that had not ended: go on, or end it.
   *
   * @return whether it counts as given by this leader, so that it is not given again
   */
  boolean adopt(OrderRecord record);
}
