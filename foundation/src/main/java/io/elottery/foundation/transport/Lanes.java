package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Carries envelopes from the connections' threads to the loop that owns them.
 *
 * <p>One-way envelopes and requests go by their module (the high byte of the kind), answers by the
 * lane that asked. Called on any thread; what may wait is bounded ({@link Inflow}). All lanes are
 * added before the first envelope.
 */
public final class Lanes implements Receiver {
  /** Supervision: heartbeat, keyvault, reports and controller kinds. Never touches a disk. */
  public static final int SUPERVISION = 0;

  /** Ledger kinds. */
  public static final int LEDGER = 1;

  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicLong homeless = new AtomicLong();

  /**
   * Adds a lane.
   *
   * @param lane the lane of the switchboard
   * @param modules which kinds' modules it takes
   */
  public Lanes add(int lane, IntPredicate modules, NodeLoop loop, Switchboard switchboard) {
    lanes.add(new Lane(lane, modules, loop, switchboard, new Inflow(loop, switchboard)));
    return this;
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    for (Lane lane : lanes) {
      if (lane.takes(envelope)) {
        lane.inflow.received(from, envelope);
        return;
      }
    }
    homeless.incrementAndGet();
  }

  /** Tells every lane that the connection to a server is gone. Any thread. */
  public void disconnected(NodeId peer) {
    for (Lane lane : lanes) {
      lane.loop.post(() -> lane.switchboard.disconnected(peer));
    }
  }

  /** Envelopes dropped because no lane took them or too much waited there. Any thread. */
  public long dropped() {
    return homeless.get() + lanes.stream().mapToLong(lane -> lane.inflow.dropped()).sum();
  }

  private record Lane(
      int lane, IntPredicate modules, NodeLoop loop, Switchboard switchboard, Inflow inflow) {
    // Offsets in the body of a call: lane at 0, call id at 1 … 8, inner kind's high byte at 9.
    boolean takes(Envelope envelope) {
      byte[] body = envelope.body();
      return switch (envelope.kind()) {
        case Switchboard.REQUEST -> body.length > 9 && modules.test(body[9] & 0xff);
        case Switchboard.RESPONSE, Switchboard.REFUSAL ->
            body.length > 0 && (body[0] & 0xff) == lane;
        default -> modules.test(envelope.module());
      };
    }
  }
}
