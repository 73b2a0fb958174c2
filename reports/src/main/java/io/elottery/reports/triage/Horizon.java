package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What main sees at all, so that one cause is not taken for many: a host of which it hears nobody,
 * a hemisphere of which it hears nobody.
 */
final class Horizon {
  private final TriageConfig config;
  private final Map<NodeId, Observed> workers;
  private final Map<String, int[]> hosts = new TreeMap<>(); // watched, heard
  private final Map<Hemisphere, int[]> halves = new EnumMap<>(Hemisphere.class);
  private int missing;

  Horizon(TriageConfig config, Map<NodeId, Observed> workers) {
    this.config = config;
    this.workers = workers;
  }

  /** Looks anew. */
  void look(Moment now) {
    hosts.clear();
    halves.clear();
    missing = 0;
    for (Observed each : workers.values()) {
      boolean heard = each.seenWithin(config, now);
      missing += each.missedAt != null && heard ? 1 : 0;
      count(hosts.computeIfAbsent(each.host, none -> new int[2]), heard);
      count(halves.computeIfAbsent(each.hemisphere, none -> new int[2]), heard);
    }
  }

  /** Workers heard lately that leave a probe unanswered. */
  int missing() {
    return missing;
  }

  /** What hides the worker from main: its hemisphere, its host, or the observers not heard. */
  Optional<String> hides(Observed known, List<Word> words) {
    if (!known.everHeard()) {
      return Optional.empty();
    }
    int[] half = halves.getOrDefault(known.hemisphere, new int[2]);
    if (half[0] > 1 && half[1] == 0) {
      return Optional.of("hemisphere " + known.hemisphere);
    }
    int[] host = hosts.getOrDefault(known.host, new int[2]);
    if (!known.host.isEmpty() && host[0] > 1 && host[1] == 0) {
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

  private static void count(int[] seen, boolean heard) {
    seen[0]++;
    seen[1] += heard ? 1 : 0;
  }
}
