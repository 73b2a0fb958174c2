package io.elottery.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Codes;
import io.elottery.reports.trouble.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TroubleDiaryTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private final List<String> told = new ArrayList<>();
  private final TroubleDiary diary =
      new TroubleDiary((severity, code, subject, text) -> told.add(code + ":" + subject));

  @BeforeEach
  void begins() {
    diary.begin(List.of(), START);
  }

  @Test
  void aLostServerIsToldAtOnceAndItsEndWhenItIsBack() {
    Trouble down = trouble(Codes.SERVER_DOWN, "worker-7", Priority.CRITICAL, "");

    look(0, down);
    look(1, down);
    look(30);

    assertThat(told).containsExactly("SERVER_DOWN:worker-7", "SERVER_DOWN_OVER:worker-7");
  }

  @Test
  void whatLastsLessThanASecondAndWhatFollowsFromAnotherIsNotTold() {
    Trouble suspect = trouble(Codes.SERVER_SUSPECT, "worker-7", Priority.WARNING, "");
    Trouble link =
        trouble(Codes.LINK_CLOSED, "worker-6,worker-7", Priority.WARNING, "SERVER_DOWN:worker-7");

    look(0, suspect, link);
    look(5, link);
    look(6, suspect, link);
    look(7, suspect, link);

    assertThat(told).containsExactly("SERVER_SUSPECT:worker-7");
  }

  @Test
  void aSuccessorTellsNothingAgainAndTellsTheEndOnceItHasSettled() {
    Trouble still = trouble(Codes.SERVER_DOWN, "worker-7", Priority.CRITICAL, "");
    diary.begin(
        List.of(
            event(4, "SERVER_DOWN_OVER", "worker-5"),
            event(3, "SERVER_DOWN", "worker-5"),
            event(2, "SERVER_DOWN", "worker-6"),
            event(1, "SERVER_DOWN", "worker-7")),
        START);

    look(1, still);
    assertThat(told).isEmpty();
    look(13, still);

    assertThat(told).containsExactly("SERVER_DOWN_OVER:worker-6");
  }

  private void look(int second, Trouble... now) {
    diary.look(List.of(now), START.plusSeconds(second));
  }

  private static Trouble trouble(String code, String subject, Priority severity, String cause) {
    return new Trouble(
        code,
        subject,
        severity,
        START,
        "What.",
        "Impact.",
        cause.isEmpty() ? Optional.empty() : Optional.of(cause),
        List.of(),
        "",
        "Next.");
  }

  private static Event event(long number, String code, String subject) {
    return new Event(number, START, Priority.CRITICAL, code, subject, "");
  }
}
