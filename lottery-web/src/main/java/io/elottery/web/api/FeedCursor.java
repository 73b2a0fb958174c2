package io.elottery.web.api;

import io.elottery.lottery.id.BranchId;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader of the feed has come in each branch, as text {@code MTL5.TOR17}; the empty text
 * is the beginning of all.
 */
final class FeedCursor {
  private static final Pattern PART = Pattern.compile("([A-Z]{3})([0-9]{1,18})");

  private final TreeMap<BranchId, Long> last = new TreeMap<>();

  private FeedCursor() {}

  /** Reads what {@link #toString} wrote. */
  static FeedCursor read(String text) throws Unacceptable {
    FeedCursor cursor = new FeedCursor();
    for (String part : text.isEmpty() ? new String[0] : text.split("\\.")) {
      Matcher matched = PART.matcher(part);
      if (!matched.matches()) {
        throw Problem.invalid("after", "Expected the value of \"next\", or an event's id.")
            .unacceptable();
      }
      cursor.last.put(BranchId.of(matched.group(1)), Long.valueOf(matched.group(2)));
    }
    return cursor;
  }

  long of(BranchId branch) {
    return last.getOrDefault(branch, 0L);
  }

  void read(BranchId branch, long upTo) {
    last.merge(branch, upTo, Math::max);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<BranchId, Long> each : last.entrySet()) {
      text.append(text.length() == 0 ? "" : ".").append(each.getKey().code());
      text.append(each.getValue());
    }
    return text.toString();
  }
}
