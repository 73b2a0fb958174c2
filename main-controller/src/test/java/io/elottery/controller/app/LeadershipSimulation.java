package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.ReportsKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mains and workers die and come back; leadership, roster, keys and verdicts find their way. */
class LeadershipSimulation {
  private static final int SEEDS = 25;
  private static final int EVENTS = 12;
  private static final Duration CALM = Duration.ofSeconds(15);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static NewVault vault;

  @BeforeAll
  static void init() throws Exception {
    vault = NewVault.make(directory);
  }

  @Test
  void theLeaderDiesAndASubstituteGoesOnUnderAHigherFence() throws Exception {
    Town town = calmTown("dies");
    long before = fence(town, "LEFT");
    assertThat(network(town).at("/hemispheres/LEFT/leader").asText()).isEqualTo("main-1");
    assertThat(network(town).at("/hemispheres/RIGHT/leader").asText()).isEqualTo("main-2");

    town.kill("main-1");
    town.wire.pass(CALM);

    assertThat(network(town).at("/hemispheres/LEFT/leader").asText()).isEqualTo("main-3");
    assertThat(fence(town, "LEFT")).isGreaterThan(before);
    assertThat(town.workers.values())
        .allMatch(worker -> worker.roster.fence() == fence(town, "LEFT"));
  }

  @Test
  void theLastMainTakesBothHalvesAndSaysSo() throws Exception {
    Town town = calmTown("covers");

    town.kill("main-3");
    town.kill("main-1");
    town.wire.pass(CALM);

    assertThat(network(town).at("/hemispheres/LEFT/leader").asText()).isEqualTo("main-2");
    assertThat(network(town).at("/hemispheres/LEFT/covers")).hasSize(2);
    town.bringUp("main-1");
    town.wire.pass(CALM);
    assertThat(network(town).at("/hemispheres/LEFT/leader").asText()).isEqualTo("main-1");
    assertThat(network(town).at("/hemispheres/RIGHT/covers")).hasSize(1);
  }

  @Test
  void aRegistryThatLostItsCountIsOvertaken() throws Exception {
    Town town = calmTown("count");
    long before = fence(town, "LEFT");
    town.kill("main-1");
    town.kill("main-2");
    town.kill("main-3");
    town.registry.loseCount();
    town.registry.values.clear();

    town.bringUp("main-1");
    town.wire.pass(CALM);

    assertThat(fence(town, "LEFT")).isGreaterThan(before);
    assertThat(town.workers.values())
        .allMatch(worker -> worker.roster.fence() == fence(town, "LEFT"));
  }

  @Test
  void whateverDiesAndComesBackTheNetworkFindsItsWay() throws Exception {
    long first = Long.getLong("seed", 0);
    long last = Long.getLong("seed", Long.getLong("seeds", SEEDS) - 1);
    for (long seed = first; seed <= last; seed++) {
      Random random = new Random(seed);
      Town town = calmTown("seed-" + seed);
      for (int event = 0; event < EVENTS; event++) {
        disturb(town, random);
        town.wire.pass(Duration.ofMillis(random.nextInt(4_000)));
        assertThat(town.broken).as("seed %d event %d", seed, event).isEmpty();
      }
      town.wire.pass(CALM);
      check(town, seed);
    }
  }

  private static Town calmTown(String name) throws Exception {
    Town town = new Town(directory.resolve(name), vault);
    for (String main : Town.MAINS) {
      town.bringUp(main);
    }
    for (String worker : Town.workerNames()) {
      town.bringUp(worker);
    }
    town.wire.pass(CALM);
    check(town, -1);
    return town;
  }

  private static void disturb(Town town, Random random) throws Exception {
    boolean main = random.nextInt(3) == 0;
    String name =
        main
            ? Town.MAINS.get(random.nextInt(Town.MAINS.size()))
            : Town.workerNames().get(random.nextInt(Town.workerNames().size()));
    if (!town.isUp(name)) {
      town.bringUp(name);
    } else if ((main ? town.mains : town.workers).size() > 1) {
      town.kill(name);
    }
  }

  private static void check(Town town, long seed) {
    JsonNode network = network(town);
    String what = "seed " + seed + ": " + network;
    assertThat(town.broken).as(what).isEmpty();
    for (String half : new String[] {"LEFT", "RIGHT"}) {
      assertThat(town.mains)
          .as(what)
          .containsKey(network.at("/hemispheres/" + half + "/leader").asText());
    }
    for (JsonNode worker : network.get("workers")) {
      boolean up = town.isUp(worker.get("id").asText());
      assertThat(worker.get("verdict").asText()).as(what).isEqualTo(up ? "UP" : "DOWN");
    }
    assertThat(network.get("shards")).as(what).hasSize(2);
    for (Town.Worker worker : town.workers.values()) {
      assertThat(worker.roster).as(what).isEqualTo(town.workers.values().iterator().next().roster);
      // Two neighbours, and a replica link to each other worker it shares a shard with.
      assertThat(worker.keys.keySet()).as(what + worker.station.id).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  private static long fence(Town town, String half) {
    return network(town).at("/hemispheres/" + half + "/fence").asLong();
  }

  private static JsonNode network(Town town) {
    Town.Main any = town.mains.values().iterator().next();
    Town.Worker asker = town.workers.values().iterator().next();
    CompletableFuture<Envelope> answer =
        asker.station.board.call(
            any.station.id, Town.empty(ReportsKinds.NETWORK), Duration.ofSeconds(1));
    town.wire.settle();
    try {
      return new ObjectMapper().readTree(answer.join().body());
    } catch (IOException notJson) {
      throw new AssertionError(notJson);
    }
  }
}
