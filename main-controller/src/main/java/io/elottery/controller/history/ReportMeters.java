package io.elottery.controller.history;

import io.elottery.reports.priority.Priority;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * What of reports is alarmed on: {@code elottery.reports.shed} by priority, {@code
 * elottery.reports.missing}, {@code elottery.reports.waiting}, {@code
 * elottery.reports.history.copied}. Written on main's loop, read by the admin listener's thread.
 */
final class ReportMeters {
  private final Map<Priority, AtomicLong> shed = new TreeMap<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong copied = new AtomicLong();

  ReportMeters() {
    for (Priority priority : Priority.values()) {
      shed.put(priority, new AtomicLong());
    }
  }

  void register(MeterRegistry registry) {
    shed.forEach(
        (priority, count) ->
            FunctionCounter.builder("elottery.reports.shed", count, AtomicLong::get)
                .tag("priority", priority.name().toLowerCase(Locale.ROOT))
                .register(registry));
    FunctionCounter.builder("elottery.reports.missing", missing, AtomicLong::get)
        .register(registry);
    FunctionCounter.builder("elottery.reports.history.copied", copied, AtomicLong::get)
        .register(registry);
    Gauge.builder("elottery.reports.waiting", waiting, AtomicLong::get).register(registry);
  }

  void update(ToLongFunction<Priority> shedNow, int waits, long missed, long buckets) {
    shed.forEach((priority, count) -> count.set(shedNow.applyAsLong(priority)));
    waiting.set(waits);
    missing.set(missed);
    copied.set(buckets);
  }
}
