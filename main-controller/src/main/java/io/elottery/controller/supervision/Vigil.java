package io.elottery.controller.supervision;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which halves this main watches: those it acts for, and while its session with the registry is in
 * doubt also those of which no leader was heard for {@value #SILENCE_SECONDS} s, for then nobody
 * can be elected. Several mains may watch one half so; none of them gives orders. On main's loop.
 */
final class Vigil {
  private static final Logger log = LoggerFactory.getLogger(Vigil.class);
  private static final int SILENCE_SECONDS = 3;
  // Leaders share each second.
  private static final Duration SILENCE = Duration.ofSeconds(SILENCE_SECONDS);

  private final Hemispheres halves;
  private final RegistrySession session;
  private final Time time;
  // Entered in doubt, left when a leader is heard: a reconnection alone elects nobody yet.
  private final Set<Hemisphere> kept = EnumSet.noneOf(Hemisphere.class);
  private final Map<Hemisphere, Long> heardNanos = new EnumMap<>(Hemisphere.class);

  Vigil(Hemispheres halves, RegistrySession session, Time time) {
    this.halves = halves;
    this.session = session;
    this.time = time;
  }

  /** Another main's leader of the half was heard. */
  void heard(Hemisphere hemisphere) {
    heardNanos.put(hemisphere, time.nanos());
  }

  /** Whether this main watches any half. */
  boolean isKept() {
    return isOver(Hemisphere.LEFT) | isOver(Hemisphere.RIGHT);
  }

  /** Whether this main watches the half. */
  boolean isOver(Hemisphere hemisphere) {
    if (halves.acts(hemisphere)) {
      kept.remove(hemisphere);
      return true;
    }
    if (!kept.contains(hemisphere) && session.uncertainFor().compareTo(SILENCE) < 0) {
      return false;
    }
    Long heard = heardNanos.get(hemisphere);
    if (heard != null && time.nanos() - heard < SILENCE.toNanos()) {
      kept.remove(hemisphere);
      return false;
    }
    if (kept.add(hemisphere)) {
      halves.silent(hemisphere);
      log.warn(
          "{}: judged by this main under no fence, because no leader is heard and none can be"
              + " elected",
          hemisphere);
    }
    return true;
  }
}
