package io.elottery.deploy.supervision;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.roster.Roster;
import java.util.EnumMap;
import java.util.Map;

/** DESIGN section 7, invariant 3, said a second time: what came under which fence. */
final class FenceModel {
  private final Map<Hemisphere, Long> highest = new EnumMap<>(Hemisphere.class);

  /** False for an order under an older fence than has come for its half. */
  boolean admits(Envelope envelope) {
    try {
      switch (envelope.kind()) {
        case ReportsKinds.LEAD -> {
          Lead lead = Lead.parse(envelope.body());
          return saw(lead.hemisphere(), lead.fence());
        }
        case ReportsKinds.ROSTER -> {
          Roster roster = Roster.parse(envelope.body());
          saw(Hemisphere.LEFT, roster.fence());
          roster.leads().forEach(lead -> saw(lead.hemisphere(), lead.fence()));
          return true;
        }
        case Switchboard.REQUEST -> {
          WireReader in = new WireReader(envelope.body());
          in.u8();
          in.i64();
          if (in.u16() != ReportsKinds.ORDER) {
            return true;
          }
          in.u8();
          Order order = Order.parse(in.rest());
          return saw(order.hemisphere(), order.fence());
        }
        default -> {
          return true;
        }
      }
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private boolean saw(Hemisphere half, long fence) {
    long before = highest.getOrDefault(half, 0L);
    highest.put(half, Math.max(before, fence));
    return fence >= before;
  }
}
