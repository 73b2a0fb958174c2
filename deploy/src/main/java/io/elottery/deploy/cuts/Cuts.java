package io.elottery.deploy.cuts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which servers do not hear which others.
 *
 * @param cuts each one direction; ascending
 */
public record Cuts(SortedSet<Cut> cuts) {
  /** None. */
  public static final Cuts NONE = new Cuts(new TreeSet<>());

  /**
   * What one server says does not reach the other.
   *
   * @param from who speaks
   * @param to who does not hear it
   */
  public record Cut(String from, String to) implements Comparable<Cut> {
    @Override
    public int compareTo(Cut other) {
      int first = from.compareTo(other.from);
      return first == 0 ? to.compareTo(other.to) : first;
    }

    @Override
    public String toString() {
      return from + " " + to;
    }
  }

  /** Copies. */
  public Cuts {
    cuts = Collections.unmodifiableSortedSet(new TreeSet<>(cuts));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException for a line that is not two names
   */
  public static Cuts parse(String text) {
    SortedSet<Cut> cuts = new TreeSet<>();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      List<String> names = List.of(line.strip().split(" "));
      if (names.size() != 2) {
        throw new IllegalArgumentException("cut \"" + line + "\": expected two servers");
      }
      cuts.add(new Cut(names.get(0), names.get(1)));
    }
    return new Cuts(cuts);
  }

  /** One line for each. */
  public String text() {
    List<String> lines = new ArrayList<>();
    cuts.forEach(cut -> lines.add(cut + "\n"));
    return String.join("", lines);
  }

  /**
   * Each of the first and each of the second are cut from each other, too.
   *
   * @param oneWay only what the first say is not heard by the second
   */
  public Cuts with(Collection<String> first, Collection<String> second, boolean oneWay) {
    SortedSet<Cut> more = new TreeSet<>(cuts);
    more.addAll(between(first, second));
    if (!oneWay) {
      more.addAll(between(second, first));
    }
    return new Cuts(more);
  }

  /** Each of the first and each of the second hear each other again. */
  public Cuts without(Collection<String> first, Collection<String> second) {
    SortedSet<Cut> fewer = new TreeSet<>(cuts);
    fewer.removeAll(between(first, second));
    fewer.removeAll(between(second, first));
    return new Cuts(fewer);
  }

  /** Whether what the one says does not reach the other. */
  public boolean isCut(String from, String to) {
    return cuts.contains(new Cut(from, to));
  }

  private static SortedSet<Cut> between(Collection<String> from, Collection<String> to) {
    SortedSet<Cut> cuts = new TreeSet<>();
    for (String one : from) {
      for (String other : to) {
        if (!one.equals(other)) {
          cuts.add(new Cut(one, other));
        }
      }
    }
    return cuts;
  }
}
