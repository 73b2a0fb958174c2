package io.elottery.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.wire.MalformedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RotationRecordsTest {
  private static final LinkName LINK = LinkName.parse("worker-1~worker-2/neighbour");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SimRandom random = new SimRandom(7);
  private final LinkMachine machine = new LinkMachine(Duration.ofSeconds(30));

  @Test
  void aPairRecordReadsAsItWasWrittenThroughAWholeRotation() throws Exception {
    PairRecord record = PairRecord.none(LINK, NOW);
    for (int target = 1; target <= 3; target++) {
      record = follow(record, new LinkEvent.Begin(target, "test"));
      while (record.state().isMoving()) {
        for (NodeId end : LINK.ends()) {
          for (KeyOrder order : record.state().asks(end)) {
            record = follow(record, new LinkEvent.Confirmed(end, order));
            assertThat(PairRecord.decoded(record.encoded())).isEqualTo(record);
          }
        }
      }
    }
    assertThat(record.keys()).containsOnlyKeys(3);
    record = follow(record, new LinkEvent.Cut(3, "stolen"));
    assertThat(PairRecord.decoded(record.encoded())).isEqualTo(record);
    assertThat(record.keys()).isEmpty();
  }

  @Test
  void aNewKeyDoesNotFollowFromTheOlderOne() {
    PairRecord first = follow(PairRecord.none(LINK, NOW), new LinkEvent.Begin(1, "test"));
    PairRecord other = PairRecord.none(LINK, NOW).follow(first.state(), new SimRandom(8));

    assertThat(other.state()).isEqualTo(first.state());
    assertThat(other.keys()).isNotEqualTo(first.keys());
  }

  @Test
  void whatIsCutShortOrAlteredIsMalformedOrAnotherRecordNeverACrash() {
    byte[] good = follow(PairRecord.none(LINK, NOW), new LinkEvent.Begin(1, "test")).encoded();
    for (int length = 0; length < good.length; length++) {
      byte[] part = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> PairRecord.decoded(part)).isInstanceOf(MalformedMessage.class);
    }
    for (int round = 0; round < 2_000; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(PairRecord.decoded(bad)).isNotNull();
      } catch (MalformedMessage expected) {
        assertThat(expected).hasMessageContaining("");
      }
    }
  }

  @Test
  void cutsReadAsTheyWereWrittenAndThoseInForceStay() throws Exception {
    LinkCuts cuts = LinkCuts.NONE;
    String first = cuts.freshId(NOW);
    for (int i = 0; i < LinkCuts.MOST + 20; i++) {
      LinkCut cut = cut(cuts.freshId(NOW)).with("x", LinkCut.EndState.CLOSED).confirmed("bob");
      cuts = cuts.plus(i == 0 ? cut : cut.lifted("p-9"));
    }

    assertThat(cuts.cuts()).hasSize(LinkCuts.MOST);
    assertThat(cuts.inForce(LINK).map(LinkCut::id)).contains(first);
    assertThat(LinkCuts.decoded(cuts.encoded())).isEqualTo(cuts);
  }

  @Test
  void aCutIsOverdueAfterHalfAnHourWithoutASecondOfficer() {
    LinkCut cut = cut("cut-1");

    assertThat(cut.isOverdue(NOW.plus(Duration.ofMinutes(29)))).isFalse();
    assertThat(cut.isOverdue(NOW.plus(Duration.ofMinutes(30)))).isTrue();
    assertThat(cut.confirmed("bob").isOverdue(NOW.plus(Duration.ofMinutes(31)))).isFalse();
  }

  @Test
  void aStandingApprovalAllowsSoManyLinksADayUntilItEndsOrIsTakenBack() throws Exception {
    StandingApproval standing =
        new StandingApproval(
            "p-3", "ann", "bob", Duration.ofDays(30), 5, NOW.plus(Duration.ofDays(90)), "", 0, 0);

    StandingApproval used = standing.using(3, NOW).using(1, NOW.plusSeconds(60));

    assertThat(used.left(NOW)).isEqualTo(1);
    assertThat(used.left(NOW.plus(Duration.ofDays(1)))).isEqualTo(5);
    assertThat(used.revoked("ann").left(NOW)).isZero();
    assertThat(used.left(NOW.plus(Duration.ofDays(91)))).isZero();
    assertThat(used.isDue(NOW.minus(Duration.ofDays(30)), NOW)).isTrue();
    assertThat(used.isDue(NOW.minus(Duration.ofDays(29)), NOW)).isFalse();
    assertThat(StandingApproval.decoded(used.encoded())).isEqualTo(used);
  }

  private static LinkCut cut(String id) {
    TreeMap<LinkName, Integer> links = new TreeMap<>();
    links.put(LINK, 3);
    return new LinkCut(
        id, "worker-1", links, "stolen", "ann", "Ann Lee", NOW, new TreeMap<>(), "", false, "");
  }

  private PairRecord follow(PairRecord record, LinkEvent event) {
    return record.follow(machine.decide(record.state(), event, NOW), random);
  }
}
