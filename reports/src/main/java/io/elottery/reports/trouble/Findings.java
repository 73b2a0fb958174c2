package io.elottery.reports.trouble;

import io.elottery.reports.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Troubles found so far, put in order at the end. */
final class Findings {
  private static final int DEEDS = 3;
  private static final long BEFORE_SECONDS = 5;
  private static final Comparator<Trouble> WORST =
      Comparator.comparing(Trouble::severity)
          .thenComparing(Trouble::since)
          .thenComparing(Trouble::code)
          .thenComparing(Trouble::subject);

  private final Picture picture;
  private final Map<String, Trouble> found = new TreeMap<>();

  Findings(Picture picture) {
    this.picture = picture;
  }

  void add(Trouble trouble) {
    found.putIfAbsent(trouble.key(), trouble.done().isEmpty() ? done(trouble) : trouble);
  }

  boolean has(String key) {
    return found.containsKey(key);
  }

  /** Worst first; what follows from a trouble comes after it, worst first again. */
  List<Trouble> ordered() {
    Map<String, List<Trouble>> following = new TreeMap<>();
    List<Trouble> roots = new ArrayList<>();
    for (Trouble trouble : found.values()) {
      if (trouble.cause().filter(found::containsKey).isPresent()) {
        following.computeIfAbsent(trouble.cause().get(), none -> new ArrayList<>()).add(trouble);
      } else {
        roots.add(trouble);
      }
    }
    List<Trouble> ordered = new ArrayList<>();
    roots.stream()
        .sorted(Comparator.comparing((Trouble root) -> worst(root, following)).thenComparing(WORST))
        .forEach(root -> place(root, following, ordered));
    return List.copyOf(ordered);
  }

  // A cause is as urgent as the worst that follows from it.
  private static int worst(Trouble root, Map<String, List<Trouble>> following) {
    int worst = root.severity().ordinal();
    for (Trouble next : following.getOrDefault(root.key(), List.of())) {
      worst = Math.min(worst, worst(next, following));
    }
    return worst;
  }

  private static void place(
      Trouble trouble, Map<String, List<Trouble>> following, List<Trouble> into) {
    into.add(trouble);
    following.getOrDefault(trouble.key(), List.of()).stream()
        .sorted(WORST)
        .forEach(next -> place(next, following, into));
  }

  private Trouble done(Trouble trouble) {
    List<String> deeds =
        picture.deeds().stream()
            .filter(deed -> deed.subject().equals(trouble.subject()))
            .filter(deed -> !deed.at().isBefore(trouble.since().minusSeconds(BEFORE_SECONDS)))
            .map(deed -> deed.text() + " (" + at(deed) + ")")
            .toList();
    int from = Math.max(0, deeds.size() - DEEDS);
    return trouble.doing(String.join("; ", deeds.subList(from, deeds.size())));
  }

  private static String at(Event deed) {
    return deed.at().toString();
  }
}
