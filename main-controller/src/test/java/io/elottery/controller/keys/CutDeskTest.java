package io.elottery.controller.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.LinkCut;
import io.elottery.keyvault.rotation.LinkCut.EndState;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.Phase;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutDeskTest {
  private static final LinkName LINK = LinkName.parse("worker-1~worker-2/neighbour");

  private final KeyTown town = new KeyTown();
  private final KeyTown.Main main = town.main("main-1");

  @BeforeEach
  void found() {
    main.halves.elected(Hemisphere.LEFT, 1);
    main.announceAll();
    pass(3);
    assertThat(town.settledAt(1)).isEqualTo(6);
  }

  @Test
  void bothEndsDropTheirKeysWithinASecondAndNobodyGivesThemBack() {
    LinkCut cut = cut();

    assertThat(cut.ends().values()).containsOnly(EndState.CLOSED);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
    assertThat(town.worker("worker-2").ring(LINK.text()).kept()).isEmpty();
    pass(60);
    assertThat(main.state(LINK).phase()).isEqualTo(Phase.CUT);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
    assertThat(main.list.list().path("state").asText()).isEqualTo("RED");
  }

  @Test
  void aCutWaitsForNoStoreAndIsRecordedLater() {
    town.office.away = true;

    LinkCut cut = cut();
    assertThat(cut.ends().values()).containsOnly(EndState.CLOSED);
    pass(5);
    town.office.away = false;
    pass(5);

    assertThat(town.office.records).containsKey("keys-cuts");
    assertThat(town.office.what()).contains("KEYS_CUT");
  }

  @Test
  void anEndThatIsNotReachedIsNamedAndToldWhenItComesBack() {
    town.worker("worker-2").station.cut = true;
    main.keys.disconnected(town.worker("worker-2").station.peer);

    LinkCut cut = cut();
    assertThat(cut.ends().get(LINK + " worker-2")).isEqualTo(EndState.UNREACHABLE);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
    town.worker("worker-2").station.cut = false;
    main.announce(NodeId.of("worker-2"));
    pass(3);

    assertThat(town.worker("worker-2").ring(LINK.text()).kept()).isEmpty();
    assertThat(main.cuts.all().find(cut.id()).orElseThrow().ends().values())
        .containsOnly(EndState.CLOSED);
  }

  @Test
  void theNextLeaderKeepsTheCut() {
    cut();
    pass(2);
    KeyTown.Main next = town.main("main-2");
    main.halves.deposed(Hemisphere.LEFT, "test");

    next.halves.elected(Hemisphere.LEFT, 2);
    next.announceAll();
    pass(30);

    assertThat(next.state(LINK).phase()).isEqualTo(Phase.CUT);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
  }

  @Test
  void aCutThatLeftNoRecordIsNotUndoneSilently() {
    town.office.away = true;
    cut();
    KeyTown.Main next = town.main("main-2");
    main.halves.deposed(Hemisphere.LEFT, "test");
    town.office.away = false;
    town.wire.remove(main.station);

    next.halves.elected(Hemisphere.LEFT, 2);
    next.announceAll();
    pass(60);

    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
    assertThat(next.list.list().path("state").asText()).isEqualTo("RED");
  }

  @Test
  void withoutASecondOfficerItIsReportedAfterHalfAnHour() {
    LinkCut cut = cut();
    town.wire.pass(Duration.ofMinutes(29));
    assertThat(town.office.what()).doesNotContain("KEYS_CUT_UNCONFIRMED");

    town.wire.pass(Duration.ofMinutes(2));

    assertThat(town.office.what()).containsOnlyOnce("KEYS_CUT_UNCONFIRMED");
    assertThat(cut.isBy("officer9", " ann  LEE ")).isTrue();
  }

  @Test
  void aConfirmedCutIsNotReported() {
    LinkCut cut = cut();
    main.cuts.confirm(cut, KeyTown.BOB);

    town.wire.pass(Duration.ofMinutes(31));

    assertThat(town.office.what())
        .contains("KEYS_CUT_CONFIRMED")
        .doesNotContain("KEYS_CUT_UNCONFIRMED");
  }

  @Test
  void aLiftedCutGetsANewKeyOfALaterEpoch() {
    LinkCut cut = cut();
    pass(3);

    CompletableFuture<Void> lifted = main.cuts.lift(cut.id(), "p-7");
    pass(5);

    assertThat(lifted).isCompleted();
    assertThat(main.state(LINK).phase()).isEqualTo(Phase.STEADY);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).containsOnlyKeys(2);
  }

  private LinkCut cut() {
    TreeMap<LinkName, Integer> links = new TreeMap<>();
    links.put(LINK, main.state(LINK).last());
    CompletableFuture<LinkCut> cut = main.cuts.cut(KeyTown.ANN, "a link", links, "stolen");
    main.keys.changed();
    town.wire.pass(Duration.ofMillis(950));
    assertThat(cut).isCompleted();
    return cut.join();
  }

  private void pass(int seconds) {
    town.wire.pass(Duration.ofSeconds(seconds));
  }
}
