package io.elottery.lottery.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A journal's text: {@code elottery/journal/v1}, then one observation to a line with its CRC-32.
 *
 * @param observations in order
 * @param torn whether the last line is cut off: it was never flushed, so it does not count
 */
public record JournalLines(List<Observation> observations, boolean torn) {
  /** The first line. */
  public static final String FORMAT = "elottery/journal/v1";

  /** Copies. */
  public JournalLines {
    observations = List.copyOf(observations);
  }

  /** The line of an observation, with its end. */
  public static String line(Observation observation) {
    String words = observation.words();
    return words + " " + crc(words) + "\n";
  }

  /**
   * Reads a journal.
   *
   * @throws IllegalArgumentException when it is none, or damaged before its last line
   */
  public static JournalLines parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      throw new IllegalArgumentException("no journal: expected " + FORMAT + " in its first line");
    }
    List<Observation> observations = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      int end = line.lastIndexOf(' ');
      boolean last = i == lines.size() - 1;
      boolean whole =
          end > 0
              && line.substring(end + 1).equals(crc(line.substring(0, end)))
              && (!last || text.endsWith("\n"));
      if (!whole && last) {
        return new JournalLines(observations, true);
      }
      if (!whole) {
        throw new IllegalArgumentException("line " + (i + 1) + " of the journal is damaged");
      }
      observations.add(Observation.parse(line.substring(0, end)));
    }
    return new JournalLines(observations, false);
  }

  private static String crc(String words) {
    CRC32 crc = new CRC32();
    crc.update(words.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
