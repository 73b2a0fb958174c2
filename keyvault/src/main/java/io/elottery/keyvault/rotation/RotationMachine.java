package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.RotationLine.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a plan goes on: one wave at a time, each link after its state, and no more after the first
 * red.
 *
 * <p>A step says which links are to begin; the caller records the plan first, then begins them. A
 * new leader that finds a line RUNNING whose link has not begun finds it among {@code begin} again.
 *
 * @param deadline how long one phase of a link may take before the plan stops
 */
public record RotationMachine(Duration deadline) {
  /**
   * What follows.
   *
   * @param plan to be recorded when it differs
   * @param begin links that are to begin now, once the plan is recorded; their lines have the
   *     target
   */
  public record Step(RotationPlan plan, List<LinkName> begin) {
    /** Copies. */
    public Step {
      begin = List.copyOf(begin);
    }
  }

  /**
   * One step on.
   *
   * @param keys what is known of a link
   * @param blocked why a link cannot begin now, empty when it can
   */
  public Step step(
      RotationPlan plan,
      Function<LinkName, Optional<LinkKeys>> keys,
      Function<LinkName, Optional<String>> blocked,
      Instant now) {
    List<List<RotationLine>> waves =
        plan.waves().stream()
            .map(wave -> wave.stream().map(line -> follow(line, keys, now)).toList())
            .collect(Collectors.toCollection(ArrayList::new));
    if (!plan.isRunning()) {
      return new Step(plan.with(plan.state(), plan.why(), waves), List.of());
    }
    for (int i = 0; i < waves.size(); i++) {
      List<RotationLine> wave = waves.get(i);
      if (red(wave).isEmpty() && wave.stream().allMatch(RotationLine::isOver)) {
        continue;
      }
      List<RotationLine> checked = wave.stream().map(line -> check(line, keys, blocked)).toList();
      waves.set(i, checked);
      Optional<RotationLine> red = red(checked);
      if (red.isPresent()) {
        return stopped(plan, waves, red.get());
      }
      List<LinkName> begin = new ArrayList<>();
      waves.set(i, start(checked, keys, begin));
      return new Step(plan.with(RotationPlan.State.RUNNING, "", waves), begin);
    }
    return new Step(plan.with(RotationPlan.State.DONE, "", waves), List.of());
  }

  private RotationLine follow(
      RotationLine line, Function<LinkName, Optional<LinkKeys>> keys, Instant now) {
    if (line.state() != State.RUNNING) {
      return line;
    }
    Optional<LinkKeys> known = keys.apply(line.link());
    if (known.isEmpty() || known.get().last() < line.target()) {
      return line; // It has not begun yet: its record is written after the plan's.
    }
    LinkKeys is = known.get();
    boolean current = is.newest().isPresent() && is.newest().get().number() == line.target();
    if (is.phase() == Phase.STEADY && current) {
      return line.ended(State.DONE, "");
    }
    if (!current || is.phase() == Phase.WITHDRAWING || is.phase() == Phase.CUT) {
      return line.ended(State.FAILED, is.why());
    }
    if (is.isOverdue(now, deadline)) {
      return line.ended(State.FAILED, is.phase() + ": not confirmed in time by " + is.waitsFor());
    }
    return line;
  }

  // What is pending, or was recorded as running but never began.
  private static boolean waits(RotationLine line, Function<LinkName, Optional<LinkKeys>> keys) {
    boolean lost =
        line.state() == State.RUNNING
            && keys.apply(line.link()).map(is -> is.last() < line.target()).orElse(true);
    return lost || line.state() == State.PENDING;
  }

  private static RotationLine check(
      RotationLine line,
      Function<LinkName, Optional<LinkKeys>> keys,
      Function<LinkName, Optional<String>> blocked) {
    if (!waits(line, keys)) {
      return line;
    }
    Optional<String> why =
        keys.apply(line.link()).isEmpty()
            ? Optional.of("its keys are not known")
            : blocked.apply(line.link());
    return why.map(words -> line.ended(State.FAILED, words)).orElse(line);
  }

  private static List<RotationLine> start(
      List<RotationLine> wave, Function<LinkName, Optional<LinkKeys>> keys, List<LinkName> begin) {
    TreeSet<NodeId> busy = new TreeSet<>();
    wave.stream()
        .filter(line -> line.state() == State.RUNNING)
        .forEach(line -> busy.addAll(line.link().ends()));
    List<RotationLine> then = new ArrayList<>();
    for (RotationLine line : wave) {
      boolean again = line.state() == State.RUNNING;
      // No wave has two links of one worker; in a plan that does, the second waits.
      boolean free = again || line.link().ends().stream().noneMatch(busy::contains);
      if (!waits(line, keys) || !free) {
        then.add(line);
        continue;
      }
      busy.addAll(line.link().ends());
      begin.add(line.link());
      then.add(line.running(keys.apply(line.link()).map(LinkKeys::last).orElse(0) + 1));
    }
    return then;
  }

  private static Step stopped(RotationPlan plan, List<List<RotationLine>> waves, RotationLine red) {
    List<List<RotationLine>> then = new ArrayList<>();
    for (List<RotationLine> wave : waves) {
      then.add(
          wave.stream()
              .map(
                  line ->
                      line.state() == State.PENDING
                          ? line.ended(State.LEFT_OUT, "the plan stopped before its turn")
                          : line)
              .toList());
    }
    String why = red.link() + ": " + red.why();
    return new Step(plan.with(RotationPlan.State.STOPPED, why, then), List.of());
  }

  private static Optional<RotationLine> red(List<RotationLine> wave) {
    return wave.stream().filter(line -> line.state() == State.FAILED).findFirst();
  }
}
