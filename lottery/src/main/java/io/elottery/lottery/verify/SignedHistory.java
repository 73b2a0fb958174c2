package io.elottery.lottery.verify;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the copies of a shard signed of its history, oldest first; whoever makes one has checked the
 * signatures.
 */
public record SignedHistory(int shard, List<Point> points) {
  /**
   * The history up to one entry of its log.
   *
   * @param number of this point in its shard
   * @param position of that entry
   * @param commands executed up to there: the last position that a receipt may name
   * @param stampedAt the latest stamp up to there
   * @param hash 32 bytes over all of it
   * @param previous 32 bytes: the hash of the point before
   */
  public record Point(
      long number, long position, long commands, Instant stampedAt, byte[] hash, byte[] previous) {}

  /** Copies. */
  public SignedHistory {
    points = List.copyOf(points);
  }

  /** Each follows from the one before; where one is missing between, as far as can be known. */
  Check whole() {
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point next = points.get(i);
      boolean adjacent = next.number == before.number + 1;
      if (next.number <= before.number
          || next.position <= before.position
          || next.commands < before.commands
          || next.stampedAt.isBefore(before.stampedAt)
          || (adjacent && !Arrays.equals(next.previous, before.hash))) {
        return new Check(
            "history",
            "the head at position "
                + next.position
                + " does not follow from that at "
                + before.position
                + ": they are of two histories",
            false);
      }
    }
    return new Check("history", points.size() + " heads, each follows from the one before", true);
  }

  /** Whether a ticket with that position and stamp can be part of it. */
  Check holds(long position, Instant soldAt) {
    Optional<Point> wrong =
        points.stream()
            .filter(
                point ->
                    position <= point.commands
                        ? soldAt.isAfter(point.stampedAt)
                        : soldAt.isBefore(point.stampedAt))
            .findFirst();
    if (wrong.isPresent()) {
      return new Check(
          "position",
          "sold as number "
              + position
              + " at "
              + soldAt
              + ", but the copies signed that number "
              + wrong.get().commands
              + " was the last one up to "
              + wrong.get().stampedAt
              + ": that history is not the receipt's",
          false);
    }
    Optional<Point> after = points.stream().filter(it -> it.commands >= position).findFirst();
    return new Check(
        "position",
        after.isPresent()
            ? "number " + position + " is among the " + after.get().commands + " signed for"
            : "number " + position + " comes after all that these heads speak of",
        true);
  }
}
