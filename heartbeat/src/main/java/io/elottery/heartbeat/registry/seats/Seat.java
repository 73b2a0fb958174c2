package io.elottery.heartbeat.registry.seats;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.ElectionListener;
import java.util.List;
import java.util.OptionalLong;

/** One server's part in the election of one hemisphere: its listener, its fence while it leads. */
final class Seat {
  private final Hemisphere hemisphere;
  private ElectionListener listener;
  private OptionalLong fence = OptionalLong.empty();
  private List<NodeId> candidates = List.of();

  Seat(Hemisphere hemisphere, ElectionListener listener) {
    this.hemisphere = hemisphere;
    this.listener = listener;
  }

  void listener(ElectionListener next) {
    listener = next;
    fence.ifPresent(led -> next.elected(hemisphere, led));
  }

  OptionalLong fence() {
    return fence;
  }

  boolean leads() {
    return fence.isPresent();
  }

  void elected(long taken) {
    fence = OptionalLong.of(taken);
    listener.elected(hemisphere, taken);
  }

  /** Does nothing when it does not lead. */
  void deposed() {
    if (fence.isPresent()) {
      fence = OptionalLong.empty();
      listener.deposed(hemisphere);
    }
  }

  void candidates(List<NodeId> seen) {
    if (!seen.equals(candidates)) {
      candidates = List.copyOf(seen);
      listener.candidatesChanged(hemisphere);
    }
  }
}
