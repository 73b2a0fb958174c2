package io.elottery.controller.acting;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;

/** What the machine wants done. */
public sealed interface Decision {
  /** Give the order. */
  record Give(Order.Kind kind, Hemisphere half, NodeId target, String cause) implements Decision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.give(this);
    }
  }

  /** The cause of the order given before is gone: take it back, or do not do it any more. */
  record TakeBack(Order.Kind kind, Hemisphere half, NodeId target, String why) implements Decision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.takeBack(this);
    }
  }

  /** An order is due and not given now; said once for each finding. */
  record Hold(Order.Kind kind, Hemisphere half, NodeId target, String why) implements Decision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hold(this);
    }
  }

  /** Answers for each case. */
  interface Cases<R> {
    /** An order. */
    R give(Give give);

    /** The end of one. */
    R takeBack(TakeBack takeBack);

    /** One that waits. */
    R hold(Hold hold);
  }

  /** Asks the cases. */
  <R> R match(Cases<R> cases);
}
