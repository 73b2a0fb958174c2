package io.elottery.controller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.schedule.ScheduleLine.Recurrence;
import io.elottery.controller.schedule.quartz.QuartzSchedule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ScheduleLineTest {
  @Test
  void periodsAndExpressionsAreRead() {
    assertThat(ScheduleLine.parse("powerball TOR every 5min open 4min"))
        .isEqualTo(
            new ScheduleLine(
                "powerball",
                "TOR",
                new Recurrence.Every(Duration.ofMinutes(5)),
                Duration.ofMinutes(4)));
    assertThat(ScheduleLine.parse("lotto649 MTL cron \"0 0 20 ? * WED,SAT\" open 71h").when())
        .isEqualTo(new Recurrence.Cron("0 0 20 ? * WED,SAT"));
  }

  @Test
  void whatCannotBeReadSaysWhatWasExpected() {
    for (String wrong :
        List.of("", "powerball", "powerball TOR every 5 open 4min", "powerball tor every 5min")) {
      assertThatThrownBy(() -> ScheduleLine.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
    }
    assertThatThrownBy(
            () -> QuartzSchedule.check(ScheduleLine.parse("powerball TOR cron \"soon\" open 4min")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quartzPostsWhatIsDueWithTheTimeItWasMeantFor() {
    ConcurrentLinkedQueue<DrawDue> due = new ConcurrentLinkedQueue<>();
    QuartzSchedule schedule = new QuartzSchedule();

    schedule.begin(List.of(ScheduleLine.parse("powerball TOR every 100ms open 4min")), due::add);
    Awaitility.await().until(() -> due.size() >= 2);
    schedule.end();

    assertThat(due).allMatch(each -> each.scheduledAt().toEpochMilli() % 100 == 0);
    assertThat(due.stream().map(DrawDue::scheduledAt).distinct().count()).isEqualTo(due.size());
  }
}
