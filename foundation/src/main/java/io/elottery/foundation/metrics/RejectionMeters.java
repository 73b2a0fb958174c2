package io.elottery.foundation.metrics;

import io.elottery.foundation.transport.Rejections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * Shows on {@code /metrics} what came and was not taken: {@code
 * elottery.foundation.messages.rejected} by place and reason, {@code
 * elottery.foundation.messages.dropped} by place for what did not fit into a queue. Any thread.
 */
public final class RejectionMeters {
  private RejectionMeters() {}

  /**
   * Registers those of one place.
   *
   * @param at where it came in: {@code trunks}, {@code links}, {@code impulses}
   */
  public static void register(MeterRegistry registry, String at, Rejections rejections) {
    for (Rejections.Why why : Rejections.Why.values()) {
      FunctionCounter.builder(
              "elottery.foundation.messages.rejected", rejections, it -> it.count(why))
          .tag("at", at)
          .tag("reason", why.text())
          .register(registry);
    }
  }

  /** Registers what did not fit into the queue of one place. */
  public static void register(MeterRegistry registry, String at, LongSupplier dropped) {
    FunctionCounter.builder(
            "elottery.foundation.messages.dropped", dropped, LongSupplier::getAsLong)
        .tag("at", at)
        .register(registry);
  }
}
