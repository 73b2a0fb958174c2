package io.elottery.controller.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.PastEpoch;
import io.elottery.keyvault.rotation.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyDeskTest {
  private static final LinkName LINK = LinkName.parse("worker-1~worker-2/neighbour");
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");

  private final KeyTown town = new KeyTown();
  private final KeyTown.Main main = town.main("main-1");

  @Test
  void aFirstKeyIsInUseOnceBothEndsHaveAnnouncedThemselves() {
    main.halves.elected(Hemisphere.LEFT, 1);
    main.announce(ONE);
    pass(2);
    assertThat(main.state(LINK).phase()).isEqualTo(Phase.NEW);

    main.announce(TWO);
    pass(2);

    assertThat(main.state(LINK).phase()).isEqualTo(Phase.STEADY);
    KeyRing one = town.worker("worker-1").ring(LINK.text());
    assertThat(one.kept()).containsOnlyKeys(1);
    assertThat(one.kept()).isEqualTo(town.worker("worker-2").ring(LINK.text()).kept());
    assertThat(town.office.what()).contains("KEYS_FIRST");
  }

  @Test
  void whatIsConfirmedIsNotAskedForAgainBeforeAReconnect() {
    settled();
    RingWorker one = town.worker("worker-1");
    one.steps.clear();
    pass(10);
    assertThat(one.steps).isEmpty();

    one.rings.clear(); // Its disk was emptied.
    main.keys.disconnected(one.station.peer);
    main.announce(ONE);
    pass(2);

    assertThat(one.ring(LINK.text()).kept()).containsOnlyKeys(1);
    assertThat(town.settledAt(1)).isEqualTo(6);
  }

  @Test
  void aFirstKeyIsNotMadeAgainByTheNextLeader() {
    settled();
    KeyTown.Main next = town.main("main-2");
    main.halves.deposed(Hemisphere.LEFT, "test");

    next.halves.elected(Hemisphere.LEFT, 2);
    next.announceAll();
    pass(5);

    assertThat(town.settledAt(1)).isEqualTo(6);
    assertThat(next.state(LINK).last()).isEqualTo(1);
  }

  @Test
  void theKeysOfALinkThatIsNoMoreAreDestroyed() {
    settled();

    town.plan = KeyTown.all("worker-1", "worker-3", "worker-4");
    pass(5);

    LinkKeys state = main.state(LINK);
    assertThat(state.past()).extracting(PastEpoch::how).containsExactly(PastEpoch.How.CUT);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).isEmpty();
    assertThat(town.office.what()).contains("KEYS_DESTROYED");

    town.plan = KeyTown.all("worker-1", "worker-2", "worker-3", "worker-4");
    pass(5);
    assertThat(town.worker("worker-1").ring(LINK.text()).kept()).containsOnlyKeys(2);
  }

  @Test
  void anEndThatKnowsLaterEpochsThanMainGetsOneAfterThem() {
    settled();
    town.sealed.all().keySet().forEach(name -> town.sealed.write(name, new byte[0]));
    KeyTown fresh = new KeyTown();
    fresh.workers.forEach((id, worker) -> worker.rings.putAll(town.worker(id.name()).rings));
    KeyTown.Main other = fresh.main("main-1");

    other.halves.elected(Hemisphere.LEFT, 1);
    other.announceAll();
    fresh.wire.pass(Duration.ofSeconds(30));

    assertThat(other.state(LINK).phase()).isEqualTo(Phase.STEADY);
    int epoch = other.state(LINK).last();
    assertThat(epoch).isGreaterThan(1);
    assertThat(fresh.worker("worker-1").ring(LINK.text()).kept()).containsOnlyKeys(epoch);
  }

  @Test
  void nothingBeginsThatCannotBeAudited() {
    town.office.away = true;
    main.halves.elected(Hemisphere.LEFT, 1);
    main.announceAll();
    pass(5);
    assertThat(town.settledAt(1)).isZero();

    town.office.away = false;
    pass(5);

    assertThat(town.settledAt(1)).isEqualTo(6);
  }

  @Test
  void onlyTheShardsMembersGetItsReceiptKey() {
    settled();

    assertThat(town.station(ONE).got(KeyvaultKinds.RECEIPT_KEY)).hasSize(1);
    assertThat(town.station(TWO).got(KeyvaultKinds.RECEIPT_KEY)).isEmpty();
  }

  private void settled() {
    main.halves.elected(Hemisphere.LEFT, 1);
    main.announceAll();
    pass(3);
    assertThat(town.settledAt(1)).isEqualTo(6);
  }

  private void pass(int seconds) {
    town.wire.pass(Duration.ofSeconds(seconds));
  }
}
