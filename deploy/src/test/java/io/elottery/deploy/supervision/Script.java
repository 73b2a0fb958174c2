package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything about one run but the code: the town, its network and what goes wrong in it. As text
 * it is kept when it found something ({@code src/test/resources/supervision}).
 *
 * @param seed of what is left to chance: each packet's delay, who turns first
 * @param delayMin one way, in calm
 * @param mains how many
 * @param neighbours of each worker, in both directions
 */
record Script(
    long seed,
    Duration delayMin,
    Duration delayMax,
    int mains,
    Map<NodeId, TreeSet<NodeId>> neighbours,
    List<Fault> faults) {
  private static final String FORMAT = "town/v1";

  NetworkFaults calm() {
    return new NetworkFaults(delayMin, delayMax, 0, 0, 0);
  }

  /** The same town, in which other things happen. */
  Script with(List<Fault> others) {
    return new Script(seed, delayMin, delayMax, mains, neighbours, List.copyOf(others));
  }

  /** How long a packet that is not lost needs at most. */
  Duration longestWay() {
    return faults.stream()
        .filter(fault -> fault.kind() == Fault.Kind.JITTER)
        .map(fault -> delayMax.plusMillis(fault.amount()))
        .max(Comparator.naturalOrder())
        .orElse(delayMax);
  }

  /** As lines. */
  String text() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("seed ").append(seed).append('\n');
    text.append("delay ").append(delayMin.toNanos()).append(' ').append(delayMax.toNanos());
    text.append("\nmains ").append(mains).append('\n');
    neighbours.forEach(
        (worker, others) -> {
          text.append("worker ").append(worker);
          others.forEach(other -> text.append(' ').append(other));
          text.append('\n');
        });
    faults.forEach(fault -> text.append("fault ").append(fault.text()).append('\n'));
    return text.toString();
  }

  /** Reads {@link #text}; lines that begin with # say what it found. */
  static Script parse(String text) {
    long seed = 0;
    Duration[] delay = {Duration.ZERO, Duration.ZERO};
    int mains = 0;
    Map<NodeId, TreeSet<NodeId>> neighbours = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "seed" -> seed = Long.parseLong(words[1]);
        case "delay" -> {
          delay[0] = Duration.ofNanos(Long.parseLong(words[1]));
          delay[1] = Duration.ofNanos(Long.parseLong(words[2]));
        }
        case "mains" -> mains = Integer.parseInt(words[1]);
        case "worker" -> {
          TreeSet<NodeId> others = new TreeSet<>();
          for (int i = 2; i < words.length; i++) {
            others.add(NodeId.of(words[i]));
          }
          neighbours.put(NodeId.of(words[1]), others);
        }
        case "fault" -> faults.add(Fault.parse(line.substring(words[0].length() + 1)));
        default -> {
          if (!line.startsWith("#") && !line.equals(FORMAT)) {
            throw new IllegalArgumentException("line of a town: " + line);
          }
        }
      }
    }
    return new Script(seed, delay[0], delay[1], mains, neighbours, faults);
  }
}
