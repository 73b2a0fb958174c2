package io.elottery.controller.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.reports.priority.Priority;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Alerts while requests, answers and records are lost and leaders change, also between an attempt
 * and its mark, also without the old one knowing.
 */
class AlertSimulation {
  private static final List<String> WEBHOOKS = List.of("w-1", "w-2");

  @Test
  void everyTroubleIsToldOnceWhateverIsLost() {
    Seeds.each(40, AlertSimulation::run);
  }

  private static void run(long seed) {
    AlertTown town = new AlertTown(seed);
    List<AlertTown.Main> mains =
        List.of(town.main("main-1"), town.main("main-2"), town.main("main-3"));
    town.elect(mains.get(0));
    town.wire.settle();
    WEBHOOKS.forEach(webhook -> town.register(mains.get(0), webhook, Priority.WARNING));
    town.lostRequests = 0.2;
    town.lostAnswers = town.random.chance(0.5) ? 0.1 : 0;
    town.records.failing = 0.1;
    town.answerMillis = 3_000;

    for (int step = 0; step < 60; step++) {
      fault(town, mains);
      town.pass(town.random.between(1, 10));
      atMostOnceBeyondWhatIsExcused(town);
    }
    heal(town, mains);

    // Each attempt may take minutes by now.
    town.pass(40 * 60);
    atMostOnceBeyondWhatIsExcused(town);
    beginningsAndEndsAlternate(town);
    assertThat(town.records.values.keySet()).noneMatch(path -> path.startsWith("alerts/"));
  }

  private static void fault(AlertTown town, List<AlertTown.Main> mains) {
    String subject = "worker-" + town.random.between(1, 3);
    switch (town.random.nextInt(8)) {
      case 0, 1 -> town.begin("SERVER_DOWN", subject, Priority.CRITICAL);
      case 2 -> town.begin("SERVER_DOWN", subject, Priority.WARNING);
      case 3, 4 -> town.end("SERVER_DOWN", subject);
      case 5 -> town.records.away = town.random.chance(0.3);
      case 6 -> {
        // Who elects can also record: what was sent while that was not so is written down now.
        double failing = town.records.failing;
        town.records.failing = 0;
        town.records.away = false;
        town.pass(5);
        town.records.failing = failing;
        AlertTown.Main next = mains.get(town.random.nextInt(mains.size()));
        town.elect(next);
        // A main learns that it is none any more when its session ends, seconds later.
        if (town.random.chance(0.5)) {
          town.pass(town.random.between(1, 5));
        }
        depose(mains, next);
      }
      default -> town.refusing.put("w-1", town.random.chance(0.3) ? 503 : 200);
    }
  }

  private static void depose(List<AlertTown.Main> mains, AlertTown.Main leader) {
    for (AlertTown.Main other : mains) {
      if (other != leader) {
        other.halves.deposed(Hemisphere.LEFT, "another one acts");
      }
    }
  }

  private static void heal(AlertTown town, List<AlertTown.Main> mains) {
    town.records.away = false;
    town.records.failing = 0;
    town.lostRequests = 0;
    town.lostAnswers = 0;
    town.refusing.clear();
    town.pass(5);
    town.elect(mains.get(0));
    depose(mains, mains.get(0));
    List.copyOf(town.troubles.values()).forEach(one -> town.end(one.code(), one.subject()));
  }

  private static void atMostOnceBeyondWhatIsExcused(AlertTown town) {
    Map<String, Integer> times = new TreeMap<>();
    for (AlertTown.Received one : town.received) {
      times.merge(one.webhook() + " " + one.id(), 1, Integer::sum);
    }
    times.forEach(
        (flight, count) ->
            assertThat(count)
                .as("%s came %d times", flight, count)
                .isLessThanOrEqualTo(1 + town.excused.getOrDefault(flight, 0)));
  }

  private static void beginningsAndEndsAlternate(AlertTown town) {
    for (String webhook : WEBHOOKS) {
      for (int worker = 1; worker <= 3; worker++) {
        String open = "";
        List<String> told = town.told(webhook, "SERVER_DOWN:worker-" + worker);
        for (String type : told) {
          switch (type) {
            case "trouble.begun" -> {
              assertThat(open).as("%s: %s", webhook, told).isEmpty();
              open = type;
            }
            case "trouble.ended" -> {
              assertThat(open).as("%s: %s", webhook, told).isNotEmpty();
              open = "";
            }
            default -> assertThat(open).as("%s: %s", webhook, told).isNotEmpty();
          }
        }
        assertThat(open).as("%s: %s", webhook, told).isEmpty();
      }
    }
  }
}
