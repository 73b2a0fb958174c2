package io.elottery.controller.draws;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.bundle.PartiesFile;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * One parties file and the next.
 *
 * @param now the one in force
 * @param next of a higher version
 */
record PartiesChange(PartiesFile now, PartiesFile next) {
  private static final int SHOWN = 16; // hex digits of a key's hash: enough to compare by eye

  /** Whether a draw can be held with it: LEFT, RIGHT and an auditor. */
  static boolean isComplete(PartiesFile file) {
    return file.parties().containsKey("LEFT")
        && file.parties().containsKey("RIGHT")
        && file.parties().keySet().stream().anyMatch(name -> name.startsWith("AUDITOR"));
  }

  /** Whether both say the same, whatever their versions. */
  static boolean isSame(PartiesFile one, PartiesFile other) {
    return same(one.parties(), other.parties()) && same(one.receiptKeys(), other.receiptKeys());
  }

  static String hash(PartiesFile file) {
    return Sha256.hex(file.toBytes());
  }

  /** Hex SHA-256 of the next file's bytes. */
  String hash() {
    return hash(next);
  }

  boolean equalsIn(PartiesChange other) {
    return hash().equals(other.hash());
  }

  /** What would be different, for a person. */
  String words() {
    StringJoiner words =
        new StringJoiner("; ", "Parties file version " + next.version() + ": ", ".");
    differences(now.parties(), next.parties(), "", words);
    differences(now.receiptKeys(), next.receiptKeys(), "receipt key of shard ", words);
    return words.toString();
  }

  private static <K extends Comparable<K>> void differences(
      SortedMap<K, byte[]> before, SortedMap<K, byte[]> after, String noun, StringJoiner words) {
    TreeSet<K> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (K name : names) {
      byte[] was = before.get(name);
      byte[] is = after.get(name);
      if (is == null) {
        words.add(noun + name + " leaves");
      } else if (was == null) {
        words.add(noun + name + " joins with the key " + shown(is));
      } else if (!Arrays.equals(was, is)) {
        words.add(noun + name + " changes its key to " + shown(is));
      }
    }
  }

  private static String shown(byte[] key) {
    return Sha256.hex(key).substring(0, SHOWN) + "… (SHA-256)";
  }

  private static <K> boolean same(SortedMap<K, byte[]> one, SortedMap<K, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), other.get(entry.getKey())));
  }
}
