package io.elottery.controller.staff;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing at one name: after {@value #FREE} wrong passwords each further one doubles
 * the wait, up to a minute. In memory of the acting main; at most {@value #NAMES_MAX} names, the
 * oldest are forgotten. On main's loop.
 */
final class Guesses {
  private static final int FREE = 5;
  private static final int DOUBLINGS_MAX = 6;
  private static final int NAMES_MAX = 1_000;

  private final Time time;
  private final Map<String, Wrong> wrong = new LinkedHashMap<>();

  private record Wrong(int times, long until) {}

  Guesses(Time time) {
    this.time = time;
  }

  /** How long nobody may try that name. */
  Optional<Duration> mustWait(String name) {
    Wrong before = wrong.get(name);
    long left = before == null ? 0 : before.until - time.nanos();
    return left > 0 ? Optional.of(Duration.ofNanos(left).plusSeconds(1)) : Optional.empty();
  }

  /** A password was wrong. */
  void wrong(String name) {
    Wrong before = wrong.remove(name);
    int times = before == null ? 1 : before.times + 1;
    long seconds = times < FREE ? 0 : 1L << Math.min(DOUBLINGS_MAX, times - FREE);
    wrong.put(name, new Wrong(times, time.nanos() + Duration.ofSeconds(seconds).toNanos()));
    if (wrong.size() > NAMES_MAX) {
      wrong.remove(wrong.keySet().iterator().next());
    }
  }

  /** It was right. */
  void right(String name) {
    wrong.remove(name);
  }
}
