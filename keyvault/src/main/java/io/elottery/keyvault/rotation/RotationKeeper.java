package io.elottery.keyvault.rotation;

import io.elottery.foundation.loop.NodeLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the plan of a rotation for as long as one leadership lasts: reads the record, writes
 * every step before it begins the links of that step. After a failed write the record is read anew.
 * On one loop.
 */
public final class RotationKeeper {
  private static final Logger log = LoggerFactory.getLogger(RotationKeeper.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param keeper of a link, empty for one that is none
   * @param blocked why a link cannot begin now
   */
  public record Ports(
      NodeLoop loop,
      PlanRecord record,
      Function<LinkName, Optional<LinkKeeper>> keeper,
      Function<LinkName, Optional<String>> blocked) {}

  private final Ports ports;
  private final RotationMachine machine;
  private final Runnable changed;
  private Optional<RotationPlan> plan = Optional.empty();
  private boolean known;
  private boolean busy;
  private boolean stopped;

  /**
   * @param changed told after each recorded change, on the loop
   */
  public RotationKeeper(Ports ports, RotationMachine machine, Runnable changed) {
    this.ports = ports;
    this.machine = machine;
    this.changed = changed;
  }

  /** Begins with what is recorded. */
  public void start() {
    read();
  }

  /** Ends: nothing more begins or is written. */
  public void stop() {
    stopped = true;
  }

  /** The plan that runs or ran last. */
  public Optional<RotationPlan> plan() {
    return plan;
  }

  /** Why no plan can begin now, in words; empty when one can. */
  public Optional<String> busy() {
    if (!known || busy) {
      return Optional.of("the rotation's record is being read or written; ask again");
    }
    return plan.filter(RotationPlan::isRunning)
        .map(is -> "rotation " + is.id() + " is running; wait for its end");
  }

  /** Begins a plan; fails when another runs. Completes on the loop once it is recorded. */
  public CompletableFuture<RotationPlan> begin(RotationPlan fresh) {
    Optional<String> no = stopped ? Optional.of("this main acts no longer") : busy();
    if (no.isPresent()) {
      return CompletableFuture.failedFuture(new IllegalStateException(no.get()));
    }
    CompletableFuture<RotationPlan> begun = new CompletableFuture<>();
    write(
        fresh,
        List.of(),
        problem -> {
          if (problem == null) {
            begun.complete(fresh);
          } else {
            begun.completeExceptionally(problem);
          }
        });
    return begun;
  }

  /** Goes on as far as it can; to be called often. */
  public void step() {
    if (stopped || busy || !known || plan.isEmpty()) {
      return;
    }
    RotationPlan is = plan.get();
    RotationMachine.Step step =
        machine.step(
            is,
            link -> ports.keeper.apply(link).flatMap(LinkKeeper::state),
            ports.blocked,
            ports.loop.time().now());
    if (step.plan().equals(is)) {
      beginLinks(is, step.begin());
    } else {
      write(step.plan(), step.begin(), problem -> {});
    }
  }

  private void write(RotationPlan next, List<LinkName> begin, Told told) {
    busy = true;
    ports
        .record
        .write(next)
        .whenComplete(
            (done, problem) ->
                ports.loop.post(
                    () -> {
                      busy = false;
                      if (stopped) {
                        told.of(new IllegalStateException("this main acts no longer"));
                        return;
                      }
                      if (problem != null) {
                        log.warn("rotation {} not recorded: {}", next.id(), problem.toString());
                        known = false;
                        ports.loop.after(AGAIN, this::read);
                      } else {
                        written(next, begin);
                      }
                      told.of(problem);
                    }));
  }

  private void written(RotationPlan next, List<LinkName> begin) {
    boolean ended = plan.map(is -> is.state() != next.state()).orElse(true);
    plan = Optional.of(next);
    if (ended) {
      log.info("rotation {} of {}: {} {}", next.id(), next.scope(), next.state(), next.why());
    }
    beginLinks(next, begin);
    changed.run();
  }

  private void beginLinks(RotationPlan is, List<LinkName> begin) {
    for (RotationLine line : is.lines()) {
      if (begin.contains(line.link())) {
        String why = "rotation " + is.id();
        ports
            .keeper
            .apply(line.link())
            .ifPresent(keeper -> keeper.take(new LinkEvent.Begin(line.target(), why)));
      }
    }
  }

  private void read() {
    if (stopped) {
      return;
    }
    ports
        .record
        .read()
        .whenComplete(
            (found, problem) ->
                ports.loop.post(
                    () -> {
                      if (stopped) {
                        return;
                      }
                      if (found == null) {
                        log.debug("rotation's record not read: {}", String.valueOf(problem));
                        ports.loop.after(AGAIN, this::read);
                        return;
                      }
                      plan = found;
                      known = true;
                      changed.run();
                    }));
  }

  private interface Told {
    void of(@Nullable Throwable problem);
  }
}
