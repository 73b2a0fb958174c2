package io.elottery.reports.explain;

import io.elottery.reports.event.Event;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Picture;
import io.elottery.reports.trouble.Trouble;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tells a trouble in full: what it follows from, and what follows from it. */
final class Told {
  private final Picture picture;
  private final Map<String, Trouble> troubles = new TreeMap<>();
  private final List<Event> recent;

  Told(Picture picture, List<Trouble> troubles, List<Event> recent) {
    this.picture = picture;
    troubles.forEach(trouble -> this.troubles.put(trouble.key(), trouble));
    this.recent = recent;
  }

  Explanation wrong(Trouble trouble) {
    return new Explanation(
        trouble.subject(),
        trouble.code(),
        Optional.of(trouble.severity()),
        trouble.what(),
        trouble.since(),
        trouble.impact() + follows(trouble),
        causes(trouble),
        evidence(trouble),
        trouble.done(),
        trouble.next(),
        events(trouble.subject()),
        Optional.empty());
  }

  /** What the trouble follows from, the nearest first. */
  List<String> causes(Trouble trouble) {
    List<String> causes = new ArrayList<>();
    Set<String> told = new HashSet<>(Set.of(trouble.key()));
    Optional<Trouble> next = trouble.cause().map(troubles::get);
    while (next.isPresent() && told.add(next.get().key())) {
      Trouble cause = next.get();
      causes.add(cause.code() + " since " + cause.since() + ": " + cause.what());
      next = cause.cause().map(troubles::get);
    }
    return causes;
  }

  /** The last events about it, oldest first. */
  List<Event> events(String subject) {
    List<Event> about = recent.stream().filter(event -> isAbout(event.subject(), subject)).toList();
    return about.subList(Math.max(0, about.size() - Explanation.EVENTS_MAX), about.size());
  }

  // An event about a link is about its two ends as well.
  private static boolean isAbout(String subject, String wanted) {
    return subject.equals(wanted) || List.of(subject.split(",", -1)).contains(wanted);
  }

  // Other troubles of the same thing are evidence too.
  private List<String> evidence(Trouble trouble) {
    List<String> evidence = new ArrayList<>(trouble.evidence());
    for (Trouble other : troubles.values()) {
      if (other.subject().equals(trouble.subject()) && !other.key().equals(trouble.key())) {
        evidence.add(other.code() + " since " + other.since() + ": " + other.what());
      }
    }
    for (Report report : picture.reports()) {
      if (report.worker().name().equals(trouble.subject()) && !report.notes().isEmpty()) {
        evidence.add(
            "its last report, of " + report.at() + ": " + String.join("; ", report.notes()));
      }
    }
    return evidence;
  }

  private String follows(Trouble trouble) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Trouble other : troubles.values()) {
      if (isCausedBy(other, trouble.key())) {
        counts.merge(other.code(), 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((code, count) -> parts.add(count + " × " + code));
    return " It explains " + String.join(", ", parts) + ".";
  }

  private boolean isCausedBy(Trouble trouble, String key) {
    Set<String> seen = new HashSet<>();
    Optional<String> cause = trouble.cause();
    while (cause.isPresent() && seen.add(cause.get())) {
      if (cause.get().equals(key)) {
        return true;
      }
      cause = Optional.ofNullable(troubles.get(cause.get())).flatMap(Trouble::cause);
    }
    return false;
  }
}
