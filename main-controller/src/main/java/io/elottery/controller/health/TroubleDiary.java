package io.elottery.controller.health;

import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Codes;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns what is wrong into events: one when a trouble begins, one when it is over. What follows
 * from another trouble and is not critical is not told apart; what is gone within a moment neither,
 * unless it is a server that is lost. On main's loop.
 */
final class TroubleDiary {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration ELECTION = Duration.ofSeconds(3);
  // After a take-over not all is heard yet: nothing is called over before.
  private static final Duration SETTLING = Duration.ofSeconds(12);

  private final EventSink events;
  private final Map<String, Trouble> told = new LinkedHashMap<>();
  private final Map<String, Event> inherited = new TreeMap<>();
  private final Map<String, Instant> pending = new TreeMap<>();
  private Instant begun = Instant.EPOCH;

  TroubleDiary(EventSink events) {
    this.events = events;
  }

  /**
   * This main keeps the diary from now on.
   *
   * @param newestFirst all events known
   */
  void begin(Iterable<Event> newestFirst, Instant now) {
    begun = now;
    told.clear();
    pending.clear();
    inherited.clear();
    Set<String> decided = new HashSet<>();
    for (Event event : newestFirst) {
      boolean trouble = event.isOver() || Codes.ALL.contains(event.code());
      if (trouble && decided.add(event.key()) && !event.isOver()) {
        inherited.put(event.key(), event);
      }
    }
  }

  /** Records what has changed. */
  void look(List<Trouble> troubles, Instant now) {
    Set<String> present = new HashSet<>();
    for (Trouble trouble : troubles) {
      present.add(trouble.key());
      boolean known = told.containsKey(trouble.key()) || inherited.containsKey(trouble.key());
      if (!known && isOwn(trouble)) {
        Instant first = pending.computeIfAbsent(trouble.key(), none -> now);
        if (!now.isBefore(first.plus(patience(trouble)))) {
          begun(trouble);
        }
      }
    }
    pending.keySet().retainAll(present);
    boolean settled = !now.isBefore(begun.plus(SETTLING));
    told.values()
        .removeIf(
            trouble -> {
              boolean over = !present.contains(trouble.key());
              if (over) {
                over(trouble.code(), trouble.subject(), trouble.since(), now);
              }
              return over;
            });
    inherited
        .values()
        .removeIf(
            event -> {
              boolean over = settled && !present.contains(event.key());
              if (over) {
                over(event.code(), event.subject(), event.at(), now);
              }
              return over;
            });
  }

  private static boolean isOwn(Trouble trouble) {
    return trouble.cause().isEmpty() || trouble.severity() == Priority.CRITICAL;
  }

  private static Duration patience(Trouble trouble) {
    return switch (trouble.code()) {
      case Codes.HALF_UNLED, Codes.SHARD_NO_WRITER, Codes.SERVER_UNKNOWN -> ELECTION;
      default -> trouble.severity() == Priority.CRITICAL ? Duration.ZERO : MOMENT;
    };
  }

  private void begun(Trouble trouble) {
    pending.remove(trouble.key());
    told.put(trouble.key(), trouble);
    events.record(
        trouble.severity(),
        trouble.code(),
        trouble.subject(),
        trouble.what() + " " + trouble.impact());
  }

  private void over(String code, String subject, Instant since, Instant now) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    events.record(
        Priority.NOTICE,
        code + Event.OVER,
        subject,
        "Over: " + code + " of " + subject + ", after " + seconds + " s.");
  }
}
