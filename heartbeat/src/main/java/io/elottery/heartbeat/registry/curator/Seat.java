package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.heartbeat.registry.ElectionListener;
import java.util.List;
import java.util.OptionalLong;

/**
 * One server's part in the election of one hemisphere: its listener, and the fence while it leads.
 *
 * <p>Elections happen on the election's thread, losing the session on Curator's; the lock keeps
 * what the listener hears in order. Listeners only post, so it is held briefly.
 */
final class Seat {
  private final Hemisphere hemisphere;
  private ElectionListener listener;
  private OptionalLong fence = OptionalLong.empty();
  private List<String> candidates = List.of();

  Seat(Hemisphere hemisphere, ElectionListener listener) {
    this.hemisphere = hemisphere;
    this.listener = listener;
  }

  synchronized void listener(ElectionListener next) {
    listener = next;
    OptionalLong led = fence;
    if (led.isPresent()) {
      next.elected(hemisphere, led.getAsLong());
    }
  }

  synchronized OptionalLong fence() {
    return fence;
  }

  boolean leads() {
    return fence().isPresent();
  }

  synchronized void elected(long taken) {
    fence = OptionalLong.of(taken);
    listener.elected(hemisphere, taken);
  }

  /** Does nothing when it does not lead. */
  synchronized void deposed() {
    if (fence.isPresent()) {
      fence = OptionalLong.empty();
      listener.deposed(hemisphere);
    }
  }

  synchronized List<String> candidates() {
    return candidates;
  }

  synchronized void candidates(List<String> seen) {
    if (!seen.equals(candidates)) {
      candidates = List.copyOf(seen);
      listener.candidatesChanged(hemisphere);
    }
  }
}
