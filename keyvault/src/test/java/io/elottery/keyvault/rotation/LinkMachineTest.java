package io.elottery.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyStep.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkMachineTest {
  private static final LinkName LINK = LinkName.parse("worker-1~worker-2/neighbour");
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final LinkMachine machine = new LinkMachine(Duration.ofSeconds(30));
  private Instant now = NOW;
  private LinkKeys keys = LinkKeys.none(LINK, NOW);

  @Test
  void aFirstKeyIsOfferedThenActivatedThenSteady() {
    begin(1);
    assertThat(keys.phase()).isEqualTo(Phase.OFFERING);
    assertThat(keys.inUse()).isEmpty();

    bothDo();
    assertThat(keys.phase()).isEqualTo(Phase.ACTIVATING);
    bothDo();

    assertThat(keys.phase()).isEqualTo(Phase.STEADY);
    assertThat(keys.inUse().map(KeyEpoch::number)).contains(1);
  }

  @Test
  void aRotationEndsWithTheOlderEpochDestroyed() {
    steady();
    begin(2);
    assertThat(keys.inUse().map(KeyEpoch::number)).contains(1);
    bothDo();
    bothDo();
    assertThat(keys.phase()).isEqualTo(Phase.RETIRING);
    assertThat(keys.stage(keys.epochs().get(0))).isEqualTo(Stage.RETIRING);

    bothDo();

    assertThat(keys.phase()).isEqualTo(Phase.STEADY);
    assertThat(keys.epochs()).extracting(KeyEpoch::number).containsExactly(2);
    assertThat(keys.past()).extracting(PastEpoch::how).containsExactly(PastEpoch.How.RETIRED);
  }

  @Test
  void oneEndAloneMovesNothing() {
    steady();
    begin(2);

    confirm(ONE);
    confirm(ONE);

    assertThat(keys.phase()).isEqualTo(Phase.OFFERING);
    assertThat(keys.waitsFor()).containsExactly(TWO);
  }

  @Test
  void anOfferThatIsNotHeldInTimeIsTakenBack() {
    steady();
    begin(2);
    confirm(ONE);

    pass(31);
    assertThat(keys.phase()).isEqualTo(Phase.WITHDRAWING);
    assertThat(keys.why()).contains("worker-2");
    bothDo();

    assertThat(keys.phase()).isEqualTo(Phase.STEADY);
    assertThat(keys.inUse().map(KeyEpoch::number)).contains(1);
    assertThat(keys.past()).extracting(PastEpoch::how).containsExactly(PastEpoch.How.WITHDRAWN);
  }

  @Test
  void aNumberThatWasWithdrawnIsNeverUsedAgain() {
    steady();
    begin(2);
    pass(31);
    pass(31);
    assertThat(keys.phase()).isEqualTo(Phase.STEADY);

    begin(2);
    assertThat(keys.phase()).isEqualTo(Phase.STEADY);
    begin(3);

    assertThat(keys.newest().map(KeyEpoch::number)).contains(3);
  }

  @Test
  void onceBothHoldItThereIsOnlyAWayOn() {
    steady();
    begin(2);
    bothDo();

    pass(3600);

    assertThat(keys.phase()).isEqualTo(Phase.ACTIVATING);
    assertThat(keys.isOverdue(now, machine.deadline())).isTrue();
    assertThat(keys.epochs()).hasSize(2);
  }

  @Test
  void aFirstKeyMayWaitForAnEndForEver() {
    begin(1);

    pass(100_000);

    assertThat(keys.phase()).isEqualTo(Phase.OFFERING);
    assertThat(keys.isOverdue(now, machine.deadline())).isFalse();
  }

  @Test
  void aCutEndsEveryPhaseAndItsEpochsNeverComeBack() {
    steady();
    begin(2);
    bothDo();

    keys = machine.decide(keys, new LinkEvent.Cut(2, "stolen"), now);
    assertThat(keys.phase()).isEqualTo(Phase.CUT);
    assertThat(keys.epochs()).isEmpty();
    assertThat(keys.asks(ONE)).containsExactly(order(Step.CUT, 2));
    bothDo();
    begin(2);
    assertThat(keys.phase()).isEqualTo(Phase.CUT);
    begin(3);

    assertThat(keys.phase()).isEqualTo(Phase.OFFERING);
    assertThat(keys.inUse()).isEmpty();
  }

  @Test
  void anOlderStepsConfirmationChangesNothing() {
    steady();
    begin(2);

    keys = machine.decide(keys, new LinkEvent.Confirmed(ONE, order(Step.OFFER, 1)), now);

    assertThat(keys.confirmed()).isEmpty();
  }

  @Test
  void anEndThatKnowsALaterEpochIsGivenOneAfterIt() {
    begin(1);

    keys = machine.decide(keys, new LinkEvent.Behind(7), now);

    assertThat(keys.phase()).isEqualTo(Phase.OFFERING);
    assertThat(keys.epochs()).extracting(KeyEpoch::number).containsExactly(8);
  }

  private void steady() {
    begin(1);
    bothDo();
    bothDo();
  }

  private void begin(int target) {
    keys = machine.decide(keys, new LinkEvent.Begin(target, "test"), now);
  }

  private void bothDo() {
    confirm(ONE);
    confirm(TWO);
  }

  private void confirm(NodeId end) {
    List<KeyOrder> asks = keys.asks(end);
    for (KeyOrder order : asks) {
      keys = machine.decide(keys, new LinkEvent.Confirmed(end, order), now);
    }
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    keys = machine.decide(keys, new LinkEvent.Tick(), now);
  }

  private static KeyOrder order(Step what, int epoch) {
    return new KeyOrder(what, epoch);
  }
}
