package io.elottery.web.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what a door answers: {@code elottery.web.answers} by class of status, and how long. */
public final class RequestMeters {
  private final Counter[] answers = new Counter[6];
  private final Timer duration;

  /** Registers the meters. */
  public RequestMeters(MeterRegistry registry) {
    for (int i = 1; i < answers.length; i++) {
      answers[i] = registry.counter("elottery.web.answers", "status", i + "xx");
    }
    duration = Timer.builder("elottery.web.answer.duration").register(registry);
  }

  void answered(int status, long nanos) {
    answers[Math.max(1, Math.min(5, status / 100))].increment();
    duration.record(Duration.ofNanos(nanos));
  }
}
