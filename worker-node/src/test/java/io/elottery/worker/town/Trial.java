package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of a script, watched after every event. */
final class Trial {
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(90);
  private static final long LOOK_NANOS = 20_000_000;
  private static final long EVENTS_MAX = 3_000_000;

  private Trial() {}

  /** What came of it. */
  record Outcome(
      long tickets,
      long abroad,
      long answers,
      long moves,
      long stuck,
      long events,
      double seconds,
      long hash) {}

  /** Quick first; with the last events and the shortest script that fails, when it fails. */
  static Outcome run(Script script) {
    Outcome outcome = attempt(script);
    if (outcome != null) {
      return outcome;
    }
    Script shortest = shortest(script);
    try {
      run(shortest, true);
    } catch (SimFailure inWords) {
      throw new AssertionError(
          inWords.getMessage() + "\nthe shortest script:\n" + shortest.text(), inWords);
    }
    throw new AssertionError("fails without a trace only:\n" + shortest.text());
  }

  /** Leaves out each fault without which it fails still. */
  static Script shortest(Script failing) {
    Script shortest = failing;
    for (int i = failing.faults().size() - 1; i >= 0; i--) {
      List<Fault> fewer = new ArrayList<>(shortest.faults());
      fewer.remove(i);
      Script shorter = shortest.with(fewer);
      if (attempt(shorter) == null) {
        shortest = shorter;
      }
    }
    return shortest;
  }

  private static @Nullable Outcome attempt(Script script) {
    try {
      return run(script, false);
    } catch (SimFailure failed) {
      return null;
    }
  }

  static Outcome run(Script script, boolean traced) {
    Shards shards = new Shards(script);
    if (!traced) {
      shards.world.untraced();
    }
    shards.world.limit(EVENTS_MAX);
    Faults faults = new Faults(shards);
    script.faults().forEach(faults::schedule);
    shards.world.startAll();
    shards.world.runFor(script.trouble());
    faults.end();
    settle(shards);
    return new Outcome(
        shards.history.counts().acknowledged(),
        shards.abroad(),
        shards.answers(),
        shards.moves.done(),
        shards.moves.stuck(),
        shards.world.events(),
        shards.world.nanos() / 1e9,
        shards.world.traceHash());
  }

  /** Until all that was asked for is known, all copies are equal and all is read back. */
  static void settle(Shards shards) {
    shards.buyers.forEach(Buyer::stop);
    until(shards, "all that was asked for is known", shards::allIsKnown);
    until(shards, "all copies are equal", shards::allIsEqual);
    int[] left = {shards.buyers.size()};
    shards.buyers.forEach(buyer -> buyer.readLast(() -> left[0]--));
    shards.world.runUntil("all is read back", () -> left[0] == 0, KNOWN_WITHIN);
  }

  // Looks now and then: what is waited for stays when it has come.
  private static void until(Shards shards, String what, BooleanSupplier condition) {
    long[] next = {0};
    try {
      shards.world.runUntil(
          what,
          () -> {
            if (shards.world.nanos() < next[0]) {
              return false;
            }
            next[0] = shards.world.nanos() + LOOK_NANOS;
            return condition.getAsBoolean();
          },
          KNOWN_WITHIN);
    } catch (SimFailure late) {
      throw shards.world.failure(late.getMessage() + shards.standing(), late);
    }
  }
}
