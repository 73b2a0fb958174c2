package io.elottery.controller.alerts;

import io.elottery.foundation.time.RandomSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is on its way to each webhook, and when it is tried again: after {@link #FIRST_PAUSE}, each
 * time twice as long up to {@link #LONGEST_PAUSE}, less up to a half by chance, until the alert is
 * {@link #GIVEN_UP} old. Pure but for chance, time passed in; on one loop.
 */
final class Deliveries {
  /** After the first failure: 5 s. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** Between two attempts at most: 1 h. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** An alert of this age is tried no more: 24 h. */
  static final Duration GIVEN_UP = Duration.ofHours(24);

  /** Alerts that wait for one webhook at most; the oldest is given up for a new one. */
  static final int QUEUE_MOST = 256;

  /** Attempts on their way to one webhook at once. */
  static final int AT_ONCE = 4;

  private final RandomSource random;
  private final Map<String, Map<String, Item>> queues = new TreeMap<>();

  /**
   * One alert on its way to one webhook.
   *
   * @param again not for the first time: long after its record was written
   */
  record Send(String webhook, Alert alert, boolean again) {}

  private static final class Item {
    private final Alert alert;
    private int failures;
    private long dueNanos;
    private boolean underWay;

    Item(Alert alert, long dueNanos) {
      this.alert = alert;
      this.dueNanos = dueNanos;
    }
  }

  Deliveries(RandomSource random) {
    this.random = random;
  }

  /** Forgets all: this main no longer sends. */
  void clear() {
    queues.clear();
  }

  /**
   * Takes an alert for a webhook; one that is there already stays as it is.
   *
   * @return what was given up for it: none or one
   */
  List<Send> take(String webhook, Alert alert, long nanos) {
    Map<String, Item> queue = queues.computeIfAbsent(webhook, none -> new LinkedHashMap<>());
    queue.putIfAbsent(alert.id(), new Item(alert, nanos));
    if (queue.size() <= QUEUE_MOST) {
      return List.of();
    }
    String oldest = queue.keySet().iterator().next();
    Item given = queue.remove(oldest);
    return given == null ? List.of() : List.of(new Send(webhook, given.alert, false));
  }

  /** Nothing more goes to that webhook; what waited for it. */
  List<Send> drop(String webhook) {
    Map<String, Item> queue = queues.remove(webhook);
    return queue == null
        ? List.of()
        : queue.values().stream().map(item -> new Send(webhook, item.alert, false)).toList();
  }

  /** What is to be sent now; it counts as under way until answered. */
  List<Send> due(long nanos) {
    List<Send> due = new ArrayList<>();
    queues.forEach(
        (webhook, queue) -> {
          long room = AT_ONCE - queue.values().stream().filter(item -> item.underWay).count();
          for (Item item : queue.values()) {
            if (room > 0 && !item.underWay && item.dueNanos - nanos <= 0) {
              item.underWay = true;
              room--;
              due.add(new Send(webhook, item.alert, item.failures > 0));
            }
          }
        });
    return due;
  }

  /** It came, or is given up. */
  void done(Send send) {
    Map<String, Item> queue = queues.get(send.webhook());
    if (queue != null) {
      queue.remove(send.alert().id());
      if (queue.isEmpty()) {
        queues.remove(send.webhook());
      }
    }
  }

  /**
   * The attempt failed.
   *
   * @return false when the alert is too old to be tried again: it is removed
   */
  boolean failed(Send send, Instant now, long nanos) {
    Map<String, Item> queue = queues.get(send.webhook());
    Item item = queue == null ? null : queue.get(send.alert().id());
    if (item == null) {
      return true;
    }
    if (Duration.between(send.alert().at(), now).compareTo(GIVEN_UP) >= 0) {
      done(send);
      return false;
    }
    item.underWay = false;
    item.failures++;
    item.dueNanos = nanos + pause(item.failures).toNanos();
    return true;
  }

  /** How many wait for that webhook, those under way too. */
  int waiting(String webhook) {
    return queues.getOrDefault(webhook, Map.of()).size();
  }

  private Duration pause(int failures) {
    long longest =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(20, failures - 1));
    return Duration.ofMillis(longest - random.nextInt((int) (longest / 2) + 1));
  }
}
