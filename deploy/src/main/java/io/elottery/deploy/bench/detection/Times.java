package io.elottery.deploy.bench.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times that were measured; what did not come in time counts as missing. */
final class Times {
  private final List<Long> millis = new ArrayList<>();
  private int missing;

  void took(Duration time) {
    millis.add(time.toMillis());
    millis.sort(null);
  }

  void never() {
    missing++;
  }

  /** {@code 12 / 98 (of 20)}; with less than a hundred the second is the longest. */
  String text() {
    if (millis.isEmpty()) {
      return missing == 0 ? "-" : "never (of " + missing + ")";
    }
    return String.format(
        Locale.ROOT,
        "%d / %d ms (of %d%s)",
        at(0.5),
        at(0.99),
        millis.size() + missing,
        missing == 0 ? "" : ", " + missing + " never");
  }

  private long at(double part) {
    return millis.get(Math.min(millis.size() - 1, (int) (part * millis.size())));
  }
}
