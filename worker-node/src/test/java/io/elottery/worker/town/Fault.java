package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that goes wrong, decided before the run: data, so that a run that once failed can be
 * kept as text whatever becomes of the generator.
 *
 * @param at since the world began
 * @param one who it happens to, or the one side
 * @param other the other side of a cut
 * @param amount percent, milliseconds, parts per million or a number, as the kind says
 */
record Fault(
    Kind kind, Duration at, Duration lasts, List<NodeId> one, List<NodeId> other, long amount) {
  /** What can go wrong. */
  enum Kind {
    /** The process is killed; what it wrote stays in the machine's memory. */
    KILL,
    /** Power is lost: what was not synced is gone, or all but a first part of it. */
    POWER_LOSS,
    /** Power is lost inside the next sync: 0 before it is durable, 1 after. */
    POWER_LOSS_IN_SYNC,
    /** It stands still, its connections stay. */
    PAUSE,
    /** It gets the processor only now and then. */
    STARVATION,
    /** Nothing comes from the one to the other. */
    ONE_WAY_CUT,
    /** Nothing comes from either to the other. */
    TWO_WAY_CUT,
    /** Its connections close and are made again. */
    RESET,
    /** The wall clock jumps. */
    CLOCK_JUMP,
    /** Both clocks run fast or slow. */
    CLOCK_DRIFT,
    /** Everywhere that percentage of messages is lost. */
    LOSS,
    /** Everywhere that percentage arrives twice. */
    DUPLICATES,
    /** Everywhere that percentage may be overtaken. */
    REORDER,
    /** Everywhere messages come up to so many milliseconds later. */
    JITTER,
    /** The next sync fails, and all after it until the process was started again. */
    DISK_ERROR,
    /** A sync takes up to so many milliseconds. */
    SLOW_DISK,
    /** The disk is replaced by an empty one while the process is down. */
    WIPE,
    /** One bit on its disk turns. */
    FLIP,
    /**
     * Its disk is put back to what it was at the beginning of this; it loses its power meanwhile.
     */
    PUT_BACK,
    /** Its disk has no room left. */
    FULL_DISK,
    /** The detectors of all others believe that it is dead. */
    SUSPICION,
    /** Who writes a shard is told to hand it to this one. */
    HAND_OVER,
    /** It is told to write nothing. */
    REST,
    /** One copy of each shard goes to this one, or is made anew there. */
    MOVE
  }

  private static final String NOBODY = "-";

  /** As one line. */
  String text() {
    return String.join(
        " ", kind.name(), text(at), text(lasts), text(one), text(other), Long.toString(amount));
  }

  /** Reads {@link #text}. */
  static Fault parse(String line) {
    String[] words = line.split(" ");
    return new Fault(
        Kind.valueOf(words[0]),
        Duration.ofNanos(Long.parseLong(words[1])),
        Duration.ofNanos(Long.parseLong(words[2])),
        names(words[3]),
        names(words[4]),
        Long.parseLong(words[5]));
  }

  private static String text(Duration time) {
    return Long.toString(time.toNanos());
  }

  private static String text(List<NodeId> names) {
    return names.isEmpty()
        ? NOBODY
        : names.stream().map(NodeId::name).collect(Collectors.joining(","));
  }

  private static List<NodeId> names(String text) {
    return text.equals(NOBODY)
        ? List.of()
        : Arrays.stream(text.split(",")).map(NodeId::of).toList();
  }
}
