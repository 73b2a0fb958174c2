package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that goes wrong, decided before the run: data, so that a town that once failed can be
 * kept as text whatever becomes of the generator.
 *
 * @param at since the world began
 * @param one who it happens to, or the one side
 * @param other the other side of a cut
 * @param amount percent lost, milliseconds the clock jumps, parts per million it drifts, reports of
 *     a flood, milliseconds a packet comes later
 */
record Fault(
    Kind kind, Duration at, Duration lasts, List<NodeId> one, List<NodeId> other, long amount) {
  /** What can go wrong. */
  enum Kind {
    /** Its power fails: connections close, its address refuses. */
    CRASH,
    /** It stands still, its connections stay. */
    PAUSE,
    /** It crashes with its machine: nobody says goodbye. */
    POWER_LOSS,
    /** Nothing comes from the one to the other. */
    ONE_WAY_CUT,
    /** Nothing comes from either to the other. */
    TWO_WAY_CUT,
    /** The wall clock jumps. */
    CLOCK_JUMP,
    /** Both clocks run fast or slow. */
    CLOCK_DRIFT,
    /** It gets the processor only now and then. */
    STARVATION,
    /** It sends old reports in masses. */
    FLOOD,
    /** Everywhere a part of the packets is lost. */
    LOSS,
    /** Everywhere packets come up to so much later, in order. */
    JITTER
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
