package io.elottery.controller.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
  private static final String KEY = "SERVER_DOWN:worker-7";

  private final AlertTown town = new AlertTown(1);
  private final AlertTown.Main first = town.main("main-1");
  private final AlertTown.Main second = town.main("main-2");

  @BeforeEach
  void elect() {
    town.elect(first);
    town.wire.settle();
    town.register(first, "w-1", Priority.WARNING);
  }

  @Test
  void troubleIsToldWhenItBeginsWorsensAndEnds() {
    town.begin("SERVER_SLOW", "worker-7", Priority.WARNING);
    town.pass(5);
    town.begin("SERVER_SLOW", "worker-7", Priority.CRITICAL);
    town.pass(5);
    town.end("SERVER_SLOW", "worker-7");
    town.pass(40);

    assertThat(town.told("w-1", "SERVER_SLOW:worker-7"))
        .containsExactly("trouble.begun", "trouble.worsened", "trouble.ended");
    assertThat(town.received).hasSize(3);
    assertThat(town.records.values.keySet()).noneMatch(path -> path.startsWith("alerts/"));
  }

  @Test
  void warningThatPassesAtOnceIsNotTold() {
    town.begin("SERVER_SLOW", "worker-7", Priority.WARNING);
    town.pass(2);
    town.end("SERVER_SLOW", "worker-7");
    town.pass(60);

    assertThat(town.received).isEmpty();
  }

  @Test
  void criticalTroubleIsToldAtOnceAndNoticeNever() {
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.begin("SERVER_ODD", "worker-8", Priority.NOTICE);
    town.wire.pass(Duration.ofMillis(50));

    assertThat(town.received).hasSize(1);
    town.pass(60);
    assertThat(town.received).hasSize(1);
  }

  @Test
  void flappingTroubleIsOneAlert() {
    for (int i = 0; i < 20; i++) {
      town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
      town.pass(5);
      town.end("SERVER_DOWN", "worker-7");
      town.pass(10);
    }
    town.pass(60);

    assertThat(town.told("w-1", KEY)).containsExactly("trouble.begun", "trouble.ended");
  }

  @Test
  void flappingSlowerThanThatIsDampedMoreEachTime() {
    for (int i = 0; i < 30; i++) {
      town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
      town.pass(5);
      town.end("SERVER_DOWN", "worker-7");
      town.pass(55);
    }

    // Without damping it would be thirty beginnings: 30 s, 1 min more than it is gone.
    assertThat(town.told("w-1", KEY))
        .containsExactly("trouble.begun", "trouble.ended", "trouble.begun");
  }

  @Test
  void takeOverDoesNotTellAgainAndGoesOn() {
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(8);
    town.elect(second);
    town.pass(20);
    assertThat(town.received).hasSize(1);

    town.end("SERVER_DOWN", "worker-7");
    town.pass(40);
    assertThat(town.told("w-1", KEY)).containsExactly("trouble.begun", "trouble.ended");
    assertThat(town.received).hasSize(2);
  }

  @Test
  void whatWasNotTakenIsToldByTheNewLeaderUnderTheSameId() {
    town.refusing.put("w-1", 500);
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(8);
    town.elect(second);
    town.refusing.clear();
    town.pass(5);

    assertThat(town.received).hasSize(1);
    assertThat(town.received.get(0).by()).isEqualTo("main-2");
  }

  @Test
  void deposedMainThatDoesNotKnowItSendsNothingNew() {
    town.elect(second);
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(20);

    assertThat(town.received).hasSize(1);
    assertThat(town.received.get(0).by()).isEqualTo("main-2");
  }

  @Test
  void registryAwayDelaysAnAlertAndDoesNotStopIt() {
    town.records.away = true;
    town.begin("ZOOKEEPER_AWAY", "zookeeper", Priority.CRITICAL);
    town.pass(5);
    assertThat(town.received).hasSize(1);

    town.pass(60);
    town.records.away = false;
    town.pass(60);
    assertThat(town.received).hasSize(1);
  }

  @Test
  void receiverThatIsGoneIsNotUsedAnyMore() {
    town.refusing.put("w-1", 410);
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(5);

    assertThat(town.events).contains("WEBHOOK_DISABLED");
    assertThat(first.book.current().orElseThrow().find("w-1").orElseThrow().isEnabled()).isFalse();
    town.refusing.clear();
    town.begin("SERVER_DOWN", "worker-8", Priority.CRITICAL);
    town.pass(20);
    assertThat(town.received).isEmpty();
  }

  @Test
  void alertThatNobodyTookForADayIsNamedAsFailed() {
    town.refusing.put("w-1", 500);
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(5);
    town.wire.skip(Duration.ofHours(26));
    town.pass(5);

    assertThat(town.events).contains("ALERT_FAILED");
    assertThat(first.desk.waiting("w-1")).isZero();
  }

  @Test
  void webhookGetsOnlyWhatItWants() {
    town.register(first, "w-2", Priority.CRITICAL);
    town.begin("SERVER_SLOW", "worker-7", Priority.WARNING);
    town.pass(5);
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.pass(5);

    assertThat(town.told("w-2", "SERVER_SLOW:worker-7")).isEmpty();
    assertThat(town.told("w-2", KEY)).containsExactly("trouble.begun");
    assertThat(town.told("w-1", "SERVER_SLOW:worker-7")).containsExactly("trouble.begun");
  }

  @Test
  void whoRegistersLateIsToldOfWhatIsTroubledThen() {
    town.register(first, "w-1", Priority.CRITICAL);
    town.begin("SERVER_SLOW", "worker-7", Priority.WARNING);
    town.pass(30);
    town.register(first, "w-2", Priority.WARNING);
    town.pass(1);

    assertThat(town.told("w-2", "SERVER_SLOW:worker-7")).containsExactly("trouble.begun");
  }

  @Test
  void whatFollowsFromAMoreUrgentTroubleIsNotToldBesideIt() {
    town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
    town.begin("LINK_CLOSED", "worker-6,worker-7", Priority.WARNING);
    town.because("LINK_CLOSED:worker-6,worker-7", KEY);
    town.pass(60);
    assertThat(town.received).hasSize(1);

    town.end("SERVER_DOWN", "worker-7");
    town.pass(5);
    assertThat(town.told("w-1", "LINK_CLOSED:worker-6,worker-7")).containsExactly("trouble.begun");
  }

  @Test
  void messagesHaveDifferentIds() {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      town.begin("SERVER_DOWN", "worker-7", Priority.CRITICAL);
      town.pass(1);
      town.end("SERVER_DOWN", "worker-7");
      town.pass(600);
    }
    town.received.forEach(one -> ids.add(one.id()));

    assertThat(ids).hasSize(town.received.size()).hasSize(6);
    assertThat(List.copyOf(ids).get(0)).matches("msg_[0-9a-f]{32}");
  }
}
