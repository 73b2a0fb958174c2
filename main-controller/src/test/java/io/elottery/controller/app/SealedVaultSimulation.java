package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.peers.VaultGift;
import io.elottery.controller.peers.VaultState;
import io.elottery.controller.peers.VaultTaken;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.pieces.Giver;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.reports.ReportsKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mains whose vault nobody opens stand, supervise and answer; what needs keys waits. */
class SealedVaultSimulation {
  private static final Duration CALM = Duration.ofSeconds(15);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  @Test
  void sealedLeaderSupervisesAndOpensAfterTheThirdPiece() throws Exception {
    NewVault vault = NewVault.make(directory);
    Town town = sealedTown("third", vault);
    assertThat(town.mains.values().iterator().next().keys.isOpen(Compartment.NETWORK)).isFalse();
    assertThat(leader(town)).isEqualTo("main-1");
    assertThat(town.workers.values()).allMatch(worker -> worker.keys.isEmpty());
    assertThat(verdict(town, "worker-2")).isEqualTo("UP");

    town.kill("worker-2");
    town.wire.pass(CALM);
    assertThat(verdict(town, "worker-2")).isEqualTo("DOWN");
    town.bringUp("worker-2");
    town.wire.pass(CALM);

    for (Compartment compartment : Compartment.values()) {
      assertThat(give(town, vault, compartment, 1).isTaken()).isTrue();
      assertThat(give(town, vault, compartment, 4).isTaken()).isTrue();
      assertThat(open(town, compartment)).isZero();
      assertThat(give(town, vault, compartment, 2).isTaken()).isTrue();
    }
    town.wire.pass(CALM);

    assertThat(open(town, Compartment.NETWORK)).isEqualTo(3);
    assertThat(open(town, Compartment.RIGHT)).isEqualTo(3);
    assertThat(town.workers.values()).allMatch(worker -> worker.keys.size() >= 4);
  }

  @Test
  void tenSealedDaysHurtNothingButWhatNeedsKeys() throws Exception {
    NewVault vault = NewVault.make(directory);
    Town town = sealedTown("days", vault);
    for (int day = 0; day < 10; day++) {
      town.wire.skip(Duration.ofDays(1));
      town.wire.pass(CALM);
      if (day == 4) {
        town.kill("main-1");
        town.wire.pass(CALM);
        assertThat(leader(town)).isEqualTo("main-3");
        town.bringUp("main-1");
        town.wire.pass(CALM);
      }
      assertThat(town.broken).isEmpty();
      assertThat(leader(town)).as("day %d", day).isNotEmpty();
      assertThat(verdict(town, "worker-1")).as("day %d", day).isEqualTo("UP");
      assertThat(network(town).get("shards")).hasSize(2);
    }
    assertThat(town.workers.values()).allMatch(worker -> worker.keys.isEmpty());

    for (int number = 1; number <= 3; number++) {
      give(town, vault, Compartment.NETWORK, number);
    }
    town.wire.pass(CALM);

    assertThat(town.workers.values()).allMatch(worker -> worker.keys.size() >= 4);
  }

  private static Town sealedTown(String name, NewVault vault) throws Exception {
    Town town = new Town(directory.resolve(name), vault);
    town.unsealed = false;
    for (String main : Town.MAINS) {
      town.bringUp(main);
    }
    for (String worker : Town.workerNames()) {
      town.bringUp(worker);
    }
    town.wire.pass(CALM);
    return town;
  }

  /** Another main passes the piece on, as the one that was asked does. */
  private static VaultTaken give(Town town, NewVault vault, Compartment compartment, int number)
      throws Exception {
    KeyPiece piece =
        vault.cut().pieces().stream()
            .filter(each -> each.compartment() == compartment && each.number() == number)
            .findFirst()
            .orElseThrow();
    Envelope gift =
        new VaultGift(piece.text(), new Giver("person " + number, Optional.empty())).envelope();
    Town.Main asker = town.mains.values().iterator().next();
    VaultTaken last = new VaultTaken("NOBODY", "", new VaultState(1, Map.of(), List.of()));
    for (Town.Main main : town.mains.values()) {
      CompletableFuture<Envelope> answer =
          asker.station.board.call(main.station.id, gift, Duration.ofSeconds(1));
      town.wire.settle();
      assertThat(answer.join().kind()).isEqualTo(MainKinds.VAULT_TAKEN);
      last = VaultTaken.parse(answer.join().body());
    }
    return last;
  }

  private static long open(Town town, Compartment compartment) {
    return town.mains.values().stream().filter(main -> main.keys.isOpen(compartment)).count();
  }

  private static String leader(Town town) {
    return network(town).at("/hemispheres/LEFT/leader").asText();
  }

  private static String verdict(Town town, String worker) {
    for (JsonNode each : network(town).get("workers")) {
      if (each.get("id").asText().equals(worker)) {
        return each.get("verdict").asText();
      }
    }
    return "";
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
