package io.elottery.worker.town;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything about one run but the code: how large it is and what goes wrong in it. As text it is
 * kept when it found something ({@code src/test/resources/shards}).
 *
 * @param seed of what is left to chance: each message's delay, who turns first, what is bought
 * @param copies of each shard: 1, 3 or 5
 * @param players on all gateways together
 * @param restMillis between two wagers of one player
 * @param snapshotEvery log entries between two snapshots
 * @param trouble for so long things go wrong; calm comes after it until all is known
 */
record Script(
    long seed,
    int workers,
    int shards,
    int copies,
    int players,
    long restMillis,
    int snapshotEvery,
    Duration trouble,
    List<Fault> faults) {
  private static final String FORMAT = "shards/v1";
  private static final Duration UNSAID = Duration.ofSeconds(30); // in files without that line

  Script {
    faults = List.copyOf(faults);
  }

  /** Five workers that hold one shard, so many players in a hurry, and nothing goes wrong. */
  static Script calm(long seed, int players) {
    return new Script(seed, 5, 1, 5, players, 30, 2_000, UNSAID, List.of());
  }

  /** The same, in which other things happen. */
  Script with(List<Fault> others) {
    return new Script(
        seed, workers, shards, copies, players, restMillis, snapshotEvery, trouble, others);
  }

  /** As lines. */
  String text() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("seed ").append(seed).append('\n');
    text.append("size ");
    text.append(
        String.format(
            "%d %d %d %d %d %d%n", workers, shards, copies, players, restMillis, snapshotEvery));
    text.append("trouble ").append(trouble.toMillis()).append('\n');
    faults.forEach(fault -> text.append("fault ").append(fault.text()).append('\n'));
    return text.toString();
  }

  /** Reads {@link #text}; lines that begin with # say what it found. */
  static Script parse(String text) {
    long seed = 0;
    String[] size = {};
    Duration trouble = UNSAID;
    List<Fault> faults = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "seed" -> seed = Long.parseLong(words[1]);
        case "size" -> size = words;
        case "trouble" -> trouble = Duration.ofMillis(Long.parseLong(words[1]));
        case "fault" -> faults.add(Fault.parse(line.substring(words[0].length() + 1)));
        default -> {
          if (!line.startsWith("#") && !line.equals(FORMAT)) {
            throw new IllegalArgumentException("line of a script: " + line);
          }
        }
      }
    }
    return new Script(
        seed,
        Integer.parseInt(size[1]),
        Integer.parseInt(size[2]),
        Integer.parseInt(size[3]),
        Integer.parseInt(size[4]),
        Long.parseLong(size[5]),
        Integer.parseInt(size[6]),
        trouble,
        faults);
  }
}
