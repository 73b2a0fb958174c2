package io.elottery.lottery.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the copies of a shard signed of its history, oldest first; whoever makes one has checked the
 * signatures.
 *
 * @param inclusions that tickets are part of it
 */
public record SignedHistory(int shard, List<Point> points, List<Inclusion> inclusions) {
  /**
   * The history up to one entry of its log.
   *
   * @param number of this point in its shard
   * @param position of that entry
   * @param commands executed up to there: the last position that a receipt may name
   * @param stampedAt the latest stamp up to there
   * @param state 32 bytes: what became of the commands
   * @param hash 32 bytes over all of it
   * @param previous 32 bytes: the hash of the point before
   */
  public record Point(
      long number,
      long position,
      long commands,
      Instant stampedAt,
      byte[] state,
      byte[] hash,
      byte[] previous) {}

  /**
   * That a ticket's sale is in the state at a point; to be proved.
   *
   * @param ticket 32 hex digits
   * @param position of the point
   */
  public record Inclusion(String ticket, long position, SoldInState proof) {}

  /** Copies. */
  public SignedHistory {
    points = List.copyOf(points);
    inclusions = List.copyOf(inclusions);
  }

  /** With what somebody else knows of the same shard; what both know stands once. */
  public SignedHistory with(SignedHistory other) {
    TreeMap<Long, List<Point>> all = new TreeMap<>();
    for (Point point : Stream.concat(points.stream(), other.points.stream()).toList()) {
      List<Point> there = all.computeIfAbsent(point.position, any -> new ArrayList<>());
      if (there.stream().noneMatch(same -> Arrays.equals(same.hash, point.hash))) {
        there.add(point);
      }
    }
    return new SignedHistory(
        shard,
        all.values().stream().flatMap(List::stream).toList(),
        Stream.concat(inclusions.stream(), other.inclusions.stream()).toList());
  }

  /** Whether the ticket with that text is in the state that was signed, where that is claimed. */
  Optional<Check> includes(String ticket, byte[] saleText) {
    if (inclusions.isEmpty()) {
      return Optional.empty();
    }
    Optional<Inclusion> its =
        inclusions.stream().filter(one -> one.ticket.equals(ticket)).findFirst();
    Optional<Point> at =
        its.flatMap(
            one -> points.stream().filter(point -> point.position == one.position).findFirst());
    if (its.isEmpty() || at.isEmpty()) {
      return Optional.of(
          new Check(
              "inclusion",
              its.isEmpty()
                  ? "the proof is for ticket " + inclusions.get(0).ticket + ", not for this one"
                  : "there is no head at position "
                      + its.get().position
                      + ", which the proof names",
              false));
    }
    SoldInState proof = its.get().proof;
    String head =
        "the state that a majority of shard "
            + shard
            + "'s copies signed as head "
            + at.get().number
            + ", up to number "
            + at.get().commands
            + " at "
            + at.get().stampedAt;
    return Optional.of(
        proof.isIn(at.get().state, saleText)
            ? new Check(
                "inclusion",
                "the ticket, with its numbers, position and time as the receipt says, is sale "
                    + (proof.sale().index() + 1)
                    + " of "
                    + proof.sale().size()
                    + " in "
                    + head,
                true)
            : new Check("inclusion", "the ticket is not, as the proof says, in " + head, false));
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
