package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What main sees at all, so that one cause is not taken for many: a host, a zone, a data centre or
 * a hemisphere of which it hears nobody.
 */
final class Horizon {
  private static final int MANY = 4; // more than a quarter that misses probes is no single death
  private static final int REMEMBERED = 5; // times as long as main's own hearing may be old

  private final TriageConfig config;
  private final Duration remembered;
  private final Map<NodeId, Observed> workers;
  // Each: watched, heard.
  private final Map<String, int[]> hosts = new TreeMap<>();
  private final Map<String, int[]> zones = new TreeMap<>();
  private final Map<String, int[]> centres = new TreeMap<>();
  private final Map<Hemisphere, int[]> halves = new EnumMap<>(Hemisphere.class);
  private @Nullable Moment at;
  private boolean counted;
  private int missing;
  private int blurred;

  Horizon(TriageConfig config, Map<NodeId, Observed> workers) {
    this.config = config;
    this.remembered = config.heard().multipliedBy(REMEMBERED);
    this.workers = workers;
  }

  /** Looks anew. */
  void look(Moment now) {
    counted = false;
    at = now;
    missing = 0;
    blurred = 0;
    for (Observed each : workers.values()) {
      missing += each.missedAt != null && each.seenWithin(config, now) ? 1 : 0;
      boolean blurs =
          within(config.heard(), each.missedOnceAt, now)
              || within(remembered, each.wronglyMissedAt, now);
      blurred += blurs ? 1 : 0;
    }
  }

  private static boolean within(Duration time, @Nullable Moment then, Moment now) {
    return then != null && now.isWithin(time, then);
  }

  // Only when somebody is hidden.
  private void countAll() {
    Moment now = at;
    if (counted || now == null) {
      return;
    }
    counted = true;
    hosts.clear();
    zones.clear();
    centres.clear();
    halves.clear();
    for (Observed each : workers.values()) {
      boolean heard = each.seenWithin(config, now);
      count(hosts.computeIfAbsent(each.host, none -> new int[2]), heard);
      count(zones.computeIfAbsent(each.location.toString(), none -> new int[2]), heard);
      count(centres.computeIfAbsent(each.location.datacentre(), none -> new int[2]), heard);
      count(halves.computeIfAbsent(each.hemisphere, none -> new int[2]), heard);
    }
  }

  /** Workers heard lately that leave a probe unanswered. */
  int missing() {
    return missing;
  }

  /**
   * Whether more than one worker, and more than a quarter of them, left a probe unanswered lately:
   * no single one of them is to blame. A network that loses packets shows now few of them, now
   * many; so those that turned out to live are remembered longer than those of which nothing is
   * known yet, which may be dead.
   */
  boolean isBlurred() {
    return blurred > Math.max(1, workers.size() / MANY);
  }

  /**
   * What hides the worker from main: the largest of its hemisphere, data centre, zone and host of
   * which nobody is heard, or the observers not heard.
   */
  Optional<String> hides(Observed known, List<Word> words) {
    if (!known.everHeard()) {
      return Optional.empty();
    }
    countAll();
    int[] half = halves.getOrDefault(known.hemisphere, new int[2]);
    if (half[0] > 1 && half[1] == 0) {
      return Optional.of("hemisphere " + known.hemisphere);
    }
    Location location = known.location;
    if (silent(centres, location.datacentre())) {
      return Optional.of("data centre " + location.datacentre());
    }
    if (!location.zone().isEmpty() && silent(zones, location.toString())) {
      return Optional.of("zone " + location);
    }
    if (silent(hosts, known.host)) {
      return Optional.of("host " + known.host);
    }
    String silent =
        String.join(
            ", ",
            words.stream()
                .filter(word -> word.weight() == Word.Weight.MISSING)
                .map(Word::by)
                .toList());
    return silent.isEmpty() ? Optional.empty() : Optional.of(silent);
  }

  private static boolean silent(Map<String, int[]> places, String name) {
    int[] seen = places.getOrDefault(name, new int[2]);
    return !name.isEmpty() && seen[0] > 1 && seen[1] == 0;
  }

  private static void count(int[] seen, boolean heard) {
    seen[0]++;
    seen[1] += heard ? 1 : 0;
  }
}
