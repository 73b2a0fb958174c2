package io.elottery.deploy.supervision;

import io.elottery.foundation.simulation.SimFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a script, watched after every event. */
final class Trial {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofSeconds(6);
  private static final long EVENTS_EACH = 60_000; // of one server, many times the usual

  private Trial() {}

  /**
   * What came of it.
   *
   * @param deaths proven to be found in time
   */
  record Outcome(int deaths, long events) {}

  /** Quick first; with the last events and the shortest script that fails, when it fails. */
  static Outcome run(Script script) {
    Outcome outcome = attempt(script);
    if (outcome == null) {
      Script shortest = shortest(script);
      try {
        run(shortest, true);
      } catch (SimFailure inWords) {
        throw new AssertionError(
            inWords.getMessage() + "\nthe shortest script:\n" + shortest.text(), inWords);
      }
      throw new AssertionError("fails without a trace only:\n" + shortest.text());
    }
    return outcome;
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

  private static Outcome run(Script script, boolean traced) {
    Town town =
        new Town(script.seed(), Towns.config(INTERVAL), script.neighbours(), script.mains());
    town.weather(script.calm());
    town.world.limit(EVENTS_EACH * (town.workers.size() + town.mains.size()));
    if (!traced) {
      town.world.untraced();
    }
    // How long a word may need: eight of the longest ways, some of its packets lost.
    Duration news = Duration.ofSeconds(3).plus(script.longestWay().multipliedBy(8));
    Watch[] watch = new Watch[1];
    Faults faults = new Faults(town, script.calm(), (id, lasts) -> watch[0].stopped(id, lasts));
    watch[0] = new Watch(town, faults.disturbances, news, BOUND);
    Remains remains = new Remains(town);
    script.faults().forEach(faults::schedule);
    town.startAll();
    town.world.runFor(Scripts.WHOLE);
    watch[0].checkCalm();
    remains.check();
    return new Outcome(watch[0].deathsProven, town.world.events());
  }
}
