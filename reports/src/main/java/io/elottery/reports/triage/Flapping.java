package io.elottery.reports.triage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server comes and goes. Who was given up {@value #OFTEN} times in five minutes is not
 * called UP again before it was heard for a while without a break: 5 s, then twice as long each
 * time, a minute at most.
 */
final class Flapping {
  private static final int OFTEN = 3;
  private static final int KEPT = 8;
  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final Duration CALM_MAX = Duration.ofMinutes(1);

  private final Deque<Moment> falls = new ArrayDeque<>();
  private @Nullable Moment heardSince;

  /** It is DOWN or hidden from now on. */
  void fell(Moment now) {
    falls.addLast(now);
    if (falls.size() > KEPT) {
      falls.removeFirst();
    }
    heardSince = null;
  }

  /** Most hear it now; what keeps it from being UP, if anything. */
  Optional<String> heard(Moment now) {
    if (heardSince == null) {
      heardSince = now;
    }
    while (!falls.isEmpty() && now.since(falls.peekFirst()).compareTo(WITHIN) > 0) {
      falls.removeFirst();
    }
    if (falls.size() < OFTEN) {
      return Optional.empty();
    }
    Duration calm = CALM.multipliedBy(1L << (falls.size() - OFTEN));
    calm = calm.compareTo(CALM_MAX) > 0 ? CALM_MAX : calm;
    if (now.since(heardSince).compareTo(calm) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "flapping: given up %d times since %s, heard again since %s, UP after %d s of calm",
            falls.size(), falls.getFirst().wall(), heardSince.wall(), calm.toSeconds()));
  }

  /** Most do not hear it now. */
  void notHeard() {
    heardSince = null;
  }
}
