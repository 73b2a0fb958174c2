package io.elottery.reports.trouble;

import static io.elottery.reports.trouble.Scene.THEN;
import static io.elottery.reports.trouble.Scene.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.event.Event;
import io.elottery.reports.history.ReportNumbers.Gap;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Surroundings.Loss;
import io.elottery.reports.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TroublesTest {
  private final Scene scene = new Scene();

  @Test
  void whereAllIsWellNothingIsWrong() {
    assertThat(scene.troubles()).isEmpty();
  }

  @Test
  void eachVerdictButUpIsATroubleOfItsOwn() {
    scene.is(worker(1), Verdict.SUSPECT);
    scene.is(worker(2), Verdict.SLOW);
    scene.is(worker(3), Verdict.DEAF);
    scene.is(worker(4), Verdict.CONSERVED);
    scene.is(worker(5), Verdict.UNKNOWN, Optional.of("worker-4, worker-6"));
    scene.is(worker(6), Verdict.SUSPECT, Optional.empty(), "flapping: given up 3 times");

    assertThat(keys(scene.troubles()))
        .containsExactlyInAnyOrder(
            "SERVER_SUSPECT:worker-1",
            "SERVER_SLOW:worker-2",
            "SERVER_DEAF:worker-3",
            "SERVER_CONSERVED:worker-4",
            "SERVER_UNKNOWN:worker-5",
            "SERVER_FLAPS:worker-6");
  }

  @Test
  void aWorkerThatIsDownExplainsItsLinksAndTheMissingCopies() {
    scene.is(worker(2), Verdict.DOWN).closed(worker(1), worker(2)).closed(worker(3), worker(2));

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles))
        .containsExactly(
            "SERVER_DOWN:worker-2",
            "LINK_CLOSED:worker-1,worker-2",
            "LINK_CLOSED:worker-2,worker-3",
            "SHARD_FEW_COPIES:shard-3");
    assertThat(troubles.get(0).cause()).isEmpty();
    assertThat(troubles.subList(1, 4))
        .allSatisfy(each -> assertThat(each.cause()).contains("SERVER_DOWN:worker-2"));
    assertThat(troubles.get(0).impact()).contains("draws sell and are drawn");
    assertThat(troubles.get(0).evidence()).containsExactly("LEFT has not heard it since " + THEN);
    assertThat(troubles.get(0).since()).isEqualTo(THEN);
  }

  @Test
  void whatADeadWorkerSaidOfItsLinksNoLongerCounts() {
    scene.is(worker(2), Verdict.DOWN).closed(worker(2), worker(1)).closed(worker(2), worker(3));

    assertThat(keys(scene.troubles()))
        .containsExactly("SERVER_DOWN:worker-2", "SHARD_FEW_COPIES:shard-3");
  }

  @Test
  void threeLostCopiesOfFiveStopTheShardAndTheWorstComesFirst() {
    scene.is(worker(6), Verdict.SLOW);
    List.of(1, 2, 3).forEach(lost -> scene.is(worker(lost), Verdict.DOWN));
    scene.writer(Optional.empty());

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles))
        .containsExactly(
            "SERVER_DOWN:worker-1",
            "SHARD_NO_MAJORITY:shard-3",
            "SERVER_DOWN:worker-2",
            "SERVER_DOWN:worker-3",
            "SERVER_SLOW:worker-6");
    assertThat(troubles.get(1).what()).contains("2 of 5 copies left");
    assertThat(troubles.get(0).impact()).contains("shard-3 neither sell nor are drawn");
  }

  @Test
  void copiesWithoutAWriterAreToldUnlessNobodyHasReportedYet() {
    scene.writer(Optional.empty());

    assertThat(keys(scene.troubles())).containsExactly("SHARD_NO_WRITER:shard-3");
    Picture silent = Picture.of(Scene.NOW, scene.view(), List.of());
    assertThat(Troubles.of(silent)).isEmpty();
  }

  @Test
  void copiesThatClosedThemselvesDoNotCountAmongThoseThatAreLeft() {
    scene.writer(Optional.empty());
    List<Report> said = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      said.add(
          Scene.report(worker(i), 1, List.of())
              .noting(List.of("COPY_DAMAGED shard-3: the ledger was put back")));
    }

    List<Trouble> two = Troubles.of(Picture.of(Scene.NOW, scene.view(), said.subList(0, 2)));
    List<Trouble> three = Troubles.of(Picture.of(Scene.NOW, scene.view(), said));

    assertThat(keys(two)).doesNotContain("SHARD_CLOSED:shard-3");
    assertThat(keys(three))
        .contains("SHARD_CLOSED:shard-3", "COPY_DAMAGED:worker-1")
        .doesNotContain("SHARD_NO_WRITER:shard-3");
    assertThat(three)
        .filteredOn(it -> it.code().equals("SHARD_CLOSED"))
        .singleElement()
        .satisfies(it -> assertThat(it.what()).contains("3 of its 5 copies closed themselves"));
  }

  @Test
  void aWholeHostAHalfOrTheNetworkExplainsItsServers() {
    scene.around = scene.around.hosts(Map.of(worker(1), "h", worker(2), "h", worker(3), "i"));
    scene.is(worker(1), Verdict.DOWN).is(worker(2), Verdict.DOWN);
    assertThat(keys(scene.troubles()))
        .containsExactly(
            "HOST_AWAY:host h",
            "SERVER_DOWN:worker-1",
            "SHARD_FEW_COPIES:shard-3",
            "SERVER_DOWN:worker-2");

    List.of(3, 5).forEach(lost -> scene.is(worker(lost), Verdict.DOWN));
    assertThat(keys(scene.troubles())).startsWith("HALF_AWAY:LEFT", "SERVER_DOWN:worker-1");

    List.of(4, 6)
        .forEach(
            hidden -> scene.is(worker(hidden), Verdict.UNKNOWN, Optional.of("hemisphere RIGHT")));
    List<Trouble> troubles = scene.troubles();
    assertThat(keys(troubles)).startsWith("NETWORK_AWAY:network", "SERVER_DOWN:worker-1");
    assertThat(troubles.stream().filter(each -> each.cause().isEmpty())).hasSize(1);
  }

  @Test
  void aZoneOrADataCentreExplainsMoreThanTheHostsInIt() {
    List.of(1, 2).forEach(i -> scene.locations.put(worker(i), new Location("east", "a")));
    List.of(3, 4).forEach(i -> scene.locations.put(worker(i), new Location("east", "b")));
    scene.around = scene.around.hosts(Map.of(worker(1), "h", worker(2), "h"));
    scene.is(worker(1), Verdict.DOWN).is(worker(2), Verdict.DOWN);
    assertThat(keys(scene.troubles())).startsWith("ZONE_AWAY:zone east/a").doesNotContain("HOST");

    scene.is(worker(3), Verdict.DOWN).is(worker(4), Verdict.DOWN);

    List<Trouble> troubles = scene.troubles();
    assertThat(keys(troubles)).startsWith("DATACENTRE_AWAY:data centre east");
    assertThat(troubles.stream().filter(each -> each.cause().isEmpty())).hasSize(1);
  }

  @Test
  void linksAreOneWayOrLossyAsBothEndsSay() {
    scene.hears(worker(1), worker(2), true, false).hears(worker(2), worker(1), false, true);
    scene.around = scene.around.losses(Map.of("worker-3,worker-4", new Loss(30, 100, 60)));

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles))
        .containsExactly("LINK_ONE_WAY:worker-1,worker-2", "LINK_LOSSY:worker-3,worker-4");
    assertThat(troubles.get(0).what())
        .isEqualTo("worker-1 hears worker-2, but worker-2 does not hear worker-1.");
    assertThat(troubles.get(1).what()).startsWith("30 %");
  }

  @Test
  void zooKeeperAwayExplainsThatNobodyActs() {
    scene.led(Hemisphere.LEFT, Optional.empty(), 4);
    scene.around = scene.around.registryAway(THEN).mainsAway(List.of(NodeId.of("main-2")));

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles))
        .containsExactly("ZOOKEEPER_AWAY:zookeeper", "HALF_UNLED:LEFT", "MAIN_AWAY:main-2");
    assertThat(troubles.get(1).cause()).contains("ZOOKEEPER_AWAY:zookeeper");
  }

  @Test
  void theHalfTakenOverUnderTheHigherFenceIsTheCoveredOne() {
    NodeId main = NodeId.of("main-1");
    scene.led(Hemisphere.LEFT, Optional.of(main), 4, Hemisphere.LEFT, Hemisphere.RIGHT);
    scene.led(Hemisphere.RIGHT, Optional.of(main), 5, Hemisphere.LEFT, Hemisphere.RIGHT);

    assertThat(keys(scene.troubles())).containsExactly("HALF_COVERED:RIGHT");
  }

  @Test
  void aSealedVaultAndShedReportsAreTold() {
    scene.around =
        scene.around.sealed(Map.of(NodeId.of("main-2"), List.of("network", "left"))).shed(7);

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles)).containsExactly("REPORTS_SHED:network", "VAULT_SEALED:vault");
    assertThat(troubles.get(1).evidence()).containsExactly("main-2: network, left sealed");
    assertThat(troubles.get(1).severity()).isEqualTo(Priority.WARNING);
  }

  @Test
  void aVaultSealedWhereKeysAreMadeIsCritical() {
    NodeId main = NodeId.of("main-1");
    scene.led(Hemisphere.LEFT, Optional.of(main), 4, Hemisphere.LEFT);
    scene.around = scene.around.sealed(Map.of(main, List.of("network")));

    Trouble sealed =
        scene.troubles().stream()
            .filter(trouble -> trouble.code().equals("VAULT_SEALED"))
            .findFirst()
            .orElseThrow();
    assertThat(sealed.severity()).isEqualTo(Priority.CRITICAL);
    assertThat(sealed.impact()).contains("no key is made");
  }

  @Test
  void reportsThatKeepMissingAreToldAndNotOneBadMinute() {
    List<Gap> often = List.of(gap(2, 500, 7, 7), gap(2, 300, 9, 12), gap(2, 20, 20, 20));
    List<Gap> once = List.of(gap(3, 100, 7, 7), gap(3, 99, 9, 9), gap(3, 98, 11, 11));
    List<Gap> longAgo = List.of(gap(4, 900, 7, 7), gap(4, 800, 9, 9), gap(4, 10, 20, 20));
    List<Gap> all = Stream.of(longAgo, often, once).flatMap(List::stream).toList();
    scene.around = scene.around.gaps(Gaps.lasting(all, Scene.NOW));

    List<Trouble> troubles = scene.troubles();

    assertThat(keys(troubles)).containsExactly("REPORTS_MISSING:worker-2");
    assertThat(troubles.get(0).what()).isEqualTo("Reports of worker-2 keep missing: 6 reports.");
    assertThat(troubles.get(0).since()).isEqualTo(Scene.NOW.minusSeconds(500));
  }

  @Test
  void reportsMissingOfADeadWorkerFollowFromItsDeath() {
    scene.is(worker(2), Verdict.DOWN);
    List<Gap> gaps = List.of(gap(2, 500, 7, 7), gap(2, 300, 9, 12), gap(2, 20, 20, 20));
    scene.around = scene.around.gaps(Gaps.lasting(gaps, Scene.NOW));

    assertThat(keys(scene.troubles()))
        .startsWith("SERVER_DOWN:worker-2")
        .contains("REPORTS_MISSING:worker-2");
    assertThat(scene.troubles().stream().filter(each -> each.code().equals("REPORTS_MISSING")))
        .allMatch(each -> each.cause().equals(Optional.of("SERVER_DOWN:worker-2")));
  }

  private static Gap gap(int worker, long secondsAgo, long from, long to) {
    return new Gap(worker(worker), 1, from, to, Scene.NOW.minusSeconds(secondsAgo));
  }

  @Test
  void whatWasDoneAboutItIsTold() {
    scene.is(worker(2), Verdict.DOWN);
    Event order =
        new Event(
            1, THEN.plusSeconds(1), Priority.NOTICE, "ORDER_GIVEN", "worker-2", "Writers moved");

    Trouble down = Troubles.of(scene.picture().after(List.of(order))).get(0);

    assertThat(down.done()).isEqualTo("Writers moved (" + order.at() + ")");
  }

  @Test
  void aTroubleKeepsItsBeginning() {
    scene.around = scene.around.mainsAway(List.of(NodeId.of("main-2")));

    Trouble away = Troubles.of(scene.picture().knowing(Map.of("MAIN_AWAY:main-2", THEN))).get(0);

    assertThat(away.since()).isEqualTo(THEN);
    assertThat(away.evidence()).containsExactly("no trunk to main-2 since " + THEN);
  }

  @Test
  void everyCodeIsAmongAll() throws IllegalAccessException {
    Set<String> declared = new TreeSet<>();
    for (var field : Codes.class.getFields()) {
      if (field.getType() == String.class) {
        declared.add((String) field.get(null));
      }
    }

    assertThat(Codes.ALL).containsExactlyInAnyOrderElementsOf(declared);
  }

  private static List<String> keys(List<Trouble> troubles) {
    return troubles.stream().map(Trouble::key).toList();
  }

  @Test
  void whatAuditorsSayOfAShardsHistoryIsOneTroubleWithAllTheirWords() {
    List<Surroundings.LedgerAlarm> said =
        List.of(
            new Surroundings.LedgerAlarm("LEDGER_FORKED", "shard-3", NodeId.of("auditor-1"), "one"),
            new Surroundings.LedgerAlarm("LEDGER_FORKED", "shard-3", NodeId.of("auditor-2"), "two"),
            new Surroundings.LedgerAlarm(
                "LEDGER_WENT_BACK", "shard-4", NodeId.of("auditor-1"), "gone"));

    List<Trouble> troubles =
        Troubles.of(
            Picture.of(Scene.NOW, scene.view(), List.of()).around(Surroundings.QUIET.alarms(said)));

    assertThat(troubles)
        .filteredOn(it -> it.code().startsWith("LEDGER_"))
        .extracting(Trouble::key)
        .containsExactlyInAnyOrder("LEDGER_FORKED:shard-3", "LEDGER_WENT_BACK:shard-4");
    assertThat(troubles)
        .filteredOn(it -> it.code().equals("LEDGER_FORKED"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.severity()).isEqualTo(Priority.CRITICAL);
              assertThat(it.evidence()).containsExactly("auditor-1: one", "auditor-2: two");
            });
  }

  @Test
  void whatAWorkerSaysOfItsOwnDiskIsATrouble() {
    Report said =
        Scene.report(worker(2), 1, List.of())
            .noting(
                List.of(
                    "DISK_FULL worker-2: the disk is full",
                    "MEMORY_FULL worker-2: the heap is full",
                    "COPY_DAMAGED shard-3: one is damaged",
                    "COPY_DAMAGED shard-4: another one",
                    "COPY_REFUSED shard-5: worker-1/1 is not listened to here"));

    List<Trouble> troubles = Troubles.of(Picture.of(Scene.NOW, scene.view(), List.of(said)));

    assertThat(troubles)
        .extracting(Trouble::key)
        .contains("DISK_FULL:worker-2", "MEMORY_FULL:worker-2")
        .contains("COPY_DAMAGED:worker-2", "COPY_REFUSED:worker-2");
    assertThat(troubles)
        .filteredOn(it -> it.code().equals("COPY_DAMAGED"))
        .singleElement()
        .satisfies(it -> assertThat(it.evidence()).hasSize(2));
  }
}
