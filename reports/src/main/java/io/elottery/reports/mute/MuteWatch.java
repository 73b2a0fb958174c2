package io.elottery.reports.mute;

import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells which mutes are over: a mute ends by itself when its time is over, at once when things got
 * worse, and when what it covered has been gone for {@link #GONE}. A main that just took over does
 * not know all troubles yet, and what flaps is not another trouble each time: hence the wait.
 *
 * <p>Pure but for what it remembers of when a mute was first seen without its trouble; time is
 * passed in. On one loop.
 */
public final class MuteWatch {
  /** How long a trouble must be gone before its mute ends: 30 s. */
  public static final Duration GONE = Duration.ofSeconds(30);

  private final Map<String, Long> goneSince = new TreeMap<>();

  /** Having seen nothing. */
  public MuteWatch() {}

  /**
   * Which are over.
   *
   * @param now the wall clock, for what was promised by it
   * @param nanos the monotonic clock
   */
  public List<MuteEnd> over(Mutes mutes, List<Trouble> troubles, Instant now, long nanos) {
    List<MuteEnd> ends = new ArrayList<>();
    for (Mute mute : mutes.all()) {
      end(mute, troubles, now, nanos).ifPresent(ends::add);
    }
    goneSince.keySet().removeIf(id -> mutes.find(id).isEmpty());
    return ends;
  }

  private Optional<MuteEnd> end(Mute mute, List<Trouble> troubles, Instant now, long nanos) {
    if (!now.isBefore(mute.until())) {
      return Optional.of(new MuteEnd(mute, MuteEnd.Reason.TIME_OVER, "its time is over"));
    }
    Optional<Trouble> worse = mute.worse(troubles);
    if (worse.isPresent()) {
      return Optional.of(
          new MuteEnd(
              mute,
              MuteEnd.Reason.TROUBLE_WORSENED,
              "it got worse: " + worse.get().code() + " is " + worse.get().severity()));
    }
    if (troubles.stream().anyMatch(mute::covers)) {
      goneSince.remove(mute.id());
      return Optional.empty();
    }
    long since = goneSince.computeIfAbsent(mute.id(), first -> nanos);
    return nanos - since < GONE.toNanos()
        ? Optional.empty()
        : Optional.of(new MuteEnd(mute, MuteEnd.Reason.TROUBLE_ENDED, "the trouble ended"));
  }
}
