package io.elottery.controller.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.roster.Announce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyDeskTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");

  private final SecureRandomSource random = new SecureRandomSource();
  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station one = wire.station("worker-1", Role.WORKER);
  private final Wire.Station two = wire.station("worker-2", Role.WORKER);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final NetworkPlan plan =
      new NetworkPlan(
          Map.of(
              ONE, new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(TWO))),
              TWO, new NetworkPlan.Place(Hemisphere.RIGHT, new TreeSet<>())));
  private final ServerBook book = new ServerBook(plan);
  private final KeyDesk desk =
      new KeyDesk(
          new KeyDesk.Ports(
              main.board,
              main.loop,
              halves,
              book,
              () -> Optional.of(RingBuilder.place(List.of(ONE), 1, 1))),
          () -> plan,
          new Vault(CutVault.openForNow(random), new MemoryRecords(), random, wire));
  private final List<PairKeyGrant> granted = new ArrayList<>();

  @BeforeEach
  void start() {
    book.load(List.of());
    for (Wire.Station each : List.of(one, two)) {
      each.board.serve(
          KeyvaultKinds.PAIR_KEY,
          (from, request, answer) -> {
            try {
              KeyStep step = KeyStep.from(request);
              step.grant().ifPresent(granted::add);
              PairKeyGrant last = granted.get(granted.size() - 1);
              answer.reply(last.confirm(step.step()).toEnvelope());
            } catch (MalformedMessage malformed) {
              answer.refuse("MALFORMED", "no grant");
            }
          });
    }
    halves.add(desk);
    desk.start();
    halves.elected(Hemisphere.LEFT, 1);
  }

  @Test
  void aPairKeyGoesToBothEndsOnceBothHaveAnnouncedThemselves() {
    announce(one);
    assertThat(granted).isEmpty();

    announce(two);

    assertThat(granted).hasSize(2);
    assertThat(granted.get(0)).isEqualTo(granted.get(1));
    assertThat(granted.get(0).link()).isEqualTo("worker-1~worker-2/neighbour");
  }

  @Test
  void whatWasConfirmedIsNotSentAgainBeforeAReconnect() {
    announce(one);
    announce(two);
    wire.pass(Duration.ofSeconds(10));
    assertThat(granted).hasSize(2);

    desk.disconnected(one.peer);
    announce(one);

    assertThat(granted).hasSize(3);
    assertThat(granted.get(2)).isEqualTo(granted.get(0));
  }

  @Test
  void whatWasNotConfirmedIsTriedAgain() {
    announce(one);
    two.cut = true;
    announce(two);
    assertThat(granted).hasSize(1);

    two.cut = false;
    wire.pass(Duration.ofSeconds(8));

    assertThat(granted).hasSize(2);
  }

  @Test
  void onlyTheShardsMembersGetItsReceiptKey() {
    announce(one);
    announce(two);

    assertThat(one.got(KeyvaultKinds.RECEIPT_KEY)).hasSize(1);
    assertThat(two.got(KeyvaultKinds.RECEIPT_KEY)).isEmpty();
  }

  private void announce(Wire.Station worker) {
    book.announced(
        worker.peer,
        new Announce(Optional.empty(), Optional.empty(), Optional.of("s"), 1, 0, 0, 0));
    desk.announced(worker.peer);
    wire.settle();
  }
}
