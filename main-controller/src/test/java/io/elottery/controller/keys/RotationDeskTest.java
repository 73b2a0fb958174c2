package io.elottery.controller.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.RotationPlan;
import io.elottery.keyvault.rotation.RotationScope;
import io.elottery.keyvault.rotation.StandingApproval;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationDeskTest {
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
  void aPreviewNamesWavesAndWhatIsBlocked() throws Exception {
    town.troubles.put(NodeId.of("worker-4"), "DOWN");

    RotationDesk.Preview preview = main.rotation.preview(new RotationScope.All());

    assertThat(preview.blocked()).hasSize(3);
    assertThat(preview.blocked().values()).containsOnly("worker-4 is DOWN");
    assertThat(preview.waves()).hasSize(3);
    assertThat(preview.json().path("words").asText()).contains("New keys for 3 links");
    assertThat(main.rotation.describe(Office.scope("worker", "worker-1")).words())
        .contains("links of worker-1");
    assertThatThrownBy(() -> main.rotation.describe(Office.scope("worker", "worker-4")))
        .isInstanceOf(ActionRefused.class);
  }

  @Test
  void allLinksAreRotatedAndTheRecordTellsWhoApproved() {
    main.rotation.carryOut(proposal("p-1"));
    pass(20);

    assertThat(main.rotation.plan().map(RotationPlan::state)).contains(RotationPlan.State.DONE);
    assertThat(town.settledAt(2)).isEqualTo(6);
    assertThat(town.office.what()).contains("KEYS_ROTATE", "KEYS_ROTATED");
    assertThat(main.list.list().path("state").asText()).isEqualTo("GREEN");
    assertThat(main.list.history().path("items")).hasSize(12);
  }

  @Test
  void theSameApprovalRotatesOnce() {
    main.rotation.carryOut(proposal("p-1"));
    main.rotation.carryOut(proposal("p-1"));
    pass(20);
    main.rotation.carryOut(proposal("p-1"));
    pass(20);

    assertThat(town.settledAt(2)).isEqualTo(6);
  }

  @Test
  void aTakeOverAtAnyMomentLeavesTheRotationToTheNextLeader() {
    for (int after = 0; after < 2_000; after += 130) {
      KeyTown fresh = new KeyTown();
      KeyTown.Main first = fresh.main("main-1");
      KeyTown.Main second = fresh.main("main-2");
      first.halves.elected(Hemisphere.LEFT, 1);
      first.announceAll();
      fresh.wire.pass(Duration.ofSeconds(3));
      first.rotation.carryOut(proposal("p-1"));
      fresh.wire.pass(Duration.ofMillis(after));

      first.halves.deposed(Hemisphere.LEFT, "test");
      fresh.wire.remove(first.station);
      second.halves.elected(Hemisphere.LEFT, 2);
      second.announceAll();
      fresh.wire.pass(Duration.ofSeconds(30));

      assertThat(second.rotation.plan().map(RotationPlan::state))
          .as("after %d ms", after)
          .contains(RotationPlan.State.DONE);
      assertThat(fresh.settledAt(2)).as("after %d ms", after).isEqualTo(6);
    }
  }

  @Test
  void aWorkerThatDoesNotAnswerStopsThePlanAndItsLinkStaysAsItWas() {
    town.worker("worker-2").mute = true;

    main.rotation.carryOut(proposal("p-1"));
    pass(40);
    town.worker("worker-2").mute = false;
    pass(60);

    RotationPlan plan = main.rotation.plan().orElseThrow();
    assertThat(plan.state()).isEqualTo(RotationPlan.State.STOPPED);
    assertThat(plan.why()).contains("worker-2");
    assertThat(main.state(LINK).newest().orElseThrow().number()).isEqualTo(1);
    assertThat(main.list.list().path("state").asText()).isEqualTo("GREEN");
  }

  @Test
  void theStandingApprovalRotatesWhatIsDueAndNoMoreThanItAllows() {
    main.rotation.due();
    pass(10);
    assertThat(town.settledAt(1)).isEqualTo(6);

    main.standing.write(
        new StandingApproval(
            "p-2",
            "officer1",
            "officer2",
            Duration.ofSeconds(5),
            2,
            town.wire.now().plus(Duration.ofDays(9)),
            "",
            0,
            0));
    main.rotation.due();
    pass(10);
    main.rotation.due();
    pass(10);

    assertThat(town.settledAt(2)).isEqualTo(2);
    main.standing.write(main.standing.current().orElseThrow().revoked("officer1"));
    town.wire.pass(Duration.ofMinutes(1));
    main.rotation.due();
    pass(10);
    assertThat(town.settledAt(1)).isEqualTo(4);
  }

  private void pass(int seconds) {
    town.wire.pass(Duration.ofSeconds(seconds));
  }

  private Proposal proposal(String id) {
    return new Proposal(
        id,
        KeyCalls.ROTATE,
        "{\"scope\":{\"all\":true}}",
        "words",
        "",
        "officer1",
        town.wire.now(),
        town.wire.now().plus(Duration.ofDays(1)),
        Proposal.State.APPROVED,
        "officer2",
        town.wire.now(),
        "");
  }
}
