package io.elottery.controller.placement;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far one change of members is, and when it may be done. On main's loop. */
final class Progress {
  private double done;
  private double first = -1;
  private long firstNanos;
  private long nowNanos;
  private String words = "begins";
  private @Nullable String waits;

  /** From 0 to 1, now. */
  void at(double part, long nanos) {
    if (first < 0 && part > 0) {
      first = part;
      firstNanos = nanos;
    }
    done = part;
    nowNanos = nanos;
  }

  void takes(String step) {
    words = step;
    waits = null;
  }

  void waits(String why) {
    waits = why;
  }

  double part() {
    return done;
  }

  /** What is done now, or what it waits for. */
  String words() {
    return waits == null ? words : waits;
  }

  /** How long the copying goes on at the speed it had so far; empty while nobody can tell. */
  Optional<Duration> left() {
    if (first < 0 || done <= first || done >= 1) {
      return Optional.empty();
    }
    double rate = (done - first) / (nowNanos - firstNanos);
    return Optional.of(Duration.ofNanos((long) ((1 - done) / rate)));
  }
}
