package io.elottery.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RotationMachineTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final LinkName AB = LinkName.parse("worker-a~worker-b/neighbour");
  private static final LinkName AC = LinkName.parse("worker-a~worker-c/neighbour");
  private static final LinkName CD = LinkName.parse("worker-c~worker-d/replica");

  private final LinkMachine links = new LinkMachine(Duration.ofSeconds(30));
  private final RotationMachine machine = new RotationMachine(Duration.ofSeconds(30));
  private final Map<LinkName, LinkKeys> keys = new TreeMap<>();
  private final Map<LinkName, String> blocked = new TreeMap<>();
  private RotationPlan plan =
      RotationPlan.of("p-1", "all", "ann", "bob", NOW, Waves.of(List.of(AB, AC, CD)));

  @Test
  void noTwoLinksOfOneWorkerAreInOneWave() {
    List<LinkName> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      for (int j = i + 1; j < 8; j++) {
        all.add(LinkName.parse("worker-" + i + "~worker-" + j + "/replica"));
      }
    }

    List<List<LinkName>> waves = Waves.of(all);

    assertThat(waves.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    for (List<LinkName> wave : waves) {
      List<NodeId> ends = wave.stream().flatMap(link -> link.ends().stream()).toList();
      assertThat(new TreeSet<>(ends)).hasSameSizeAs(ends);
    }
  }

  @Test
  void theNextWaveBeginsWhenTheOneBeforeIsDone() {
    founded();

    assertThat(step()).containsExactly(AB, CD);
    begin(AB, CD);
    finish(AB);
    assertThat(step()).isEmpty();
    finish(CD);

    assertThat(step()).containsExactly(AC);
    begin(AC);
    finish(AC);
    step();
    assertThat(plan.state()).isEqualTo(RotationPlan.State.DONE);
    assertThat(plan.count(RotationLine.State.DONE)).isEqualTo(3);
  }

  @Test
  void aLinkThatIsTakenBackStopsThePlan() {
    founded();
    step();
    begin(AB, CD);

    Instant late = NOW.plusSeconds(31);
    keys.compute(AB, (link, is) -> links.decide(at(link), new LinkEvent.Tick(), late));
    step();

    assertThat(plan.state()).isEqualTo(RotationPlan.State.STOPPED);
    assertThat(plan.why()).contains("worker-a~worker-b");
    assertThat(line(AC).state()).isEqualTo(RotationLine.State.LEFT_OUT);
    finish(CD);
    step();
    assertThat(line(CD).state()).isEqualTo(RotationLine.State.DONE);
    assertThat(plan.state()).isEqualTo(RotationPlan.State.STOPPED);
  }

  @Test
  void aLinkThatBecameBlockedStopsThePlanBeforeItsWaveBegins() {
    founded();
    blocked.put(CD, "worker-d is DOWN");

    assertThat(step()).isEmpty();

    assertThat(plan.state()).isEqualTo(RotationPlan.State.STOPPED);
    assertThat(line(AB).state()).isEqualTo(RotationLine.State.LEFT_OUT);
    assertThat(line(CD).why()).isEqualTo("worker-d is DOWN");
  }

  @Test
  void aLeaderThatDiedBetweenThePlanAndTheLinkLeavesItToBeBegunAgain() {
    founded();
    step();

    assertThat(step()).containsExactly(AB, CD);
    begin(AB, CD);
    assertThat(step()).isEmpty();
  }

  @Test
  void aPlanReadsAsItWasWritten() throws Exception {
    founded();
    step();

    assertThat(RotationPlan.decoded(plan.encoded())).isEqualTo(plan);
  }

  private void founded() {
    for (LinkName link : List.of(AB, AC, CD)) {
      keys.put(link, LinkKeys.none(link, NOW));
      begin(link);
      finish(link);
    }
  }

  private List<LinkName> step() {
    RotationMachine.Step step =
        machine.step(
            plan,
            link -> Optional.ofNullable(keys.get(link)),
            link -> Optional.ofNullable(blocked.get(link)),
            NOW);
    plan = step.plan();
    return step.begin();
  }

  private void begin(LinkName... which) {
    for (LinkName link : which) {
      LinkKeys is = at(link);
      keys.put(link, links.decide(is, new LinkEvent.Begin(is.last() + 1, "test"), NOW));
    }
  }

  private void finish(LinkName link) {
    while (at(link).isMoving()) {
      for (NodeId end : link.ends()) {
        for (KeyOrder order : at(link).asks(end)) {
          keys.put(link, links.decide(at(link), new LinkEvent.Confirmed(end, order), NOW));
        }
      }
    }
  }

  private LinkKeys at(LinkName link) {
    return Optional.ofNullable(keys.get(link)).orElseThrow();
  }

  private RotationLine line(LinkName link) {
    return plan.lines().stream().filter(line -> line.link().equals(link)).findFirst().orElseThrow();
  }
}
