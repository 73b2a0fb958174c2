package io.elottery.lottery.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoidWitnessTest {
  private static final PartyName AUDITOR = PartyName.of("AUDITOR");
  private static final PartyName RIGHT = PartyName.of("RIGHT");
  private static final Instant SINCE = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void agreesOnceOthersWithheldForTheWholeTime() {
    assertThat(whyNot(DrawState.STALLED, RIGHT, SINCE.plus(WEEK))).isEmpty();
  }

  @Test
  void doesNotAgreeASecondEarlier() {
    assertThat(whyNot(DrawState.STALLED, RIGHT, SINCE.plus(WEEK).minusSeconds(1)))
        .hasValueSatisfying(why -> assertThat(why).contains("not before 2026-11-08T12:00:00Z"));
  }

  @Test
  void doesNotAgreeWhenItWithholdsItself() {
    assertThat(whyNot(DrawState.STALLED, AUDITOR, SINCE.plus(WEEK))).isPresent();
  }

  @Test
  void doesNotAgreeWhileNothingIsStalled() {
    assertThat(whyNot(DrawState.CLOSED, RIGHT, SINCE.plus(WEEK))).isPresent();
    assertThat(whyNot(DrawState.CERTIFIED, RIGHT, SINCE.plus(WEEK))).isPresent();
  }

  private static Optional<String> whyNot(DrawState state, PartyName withholding, Instant now) {
    DrawSummary draw =
        new DrawSummary(
            DrawRef.of("lotto649", "TORM211126"),
            state,
            false,
            SINCE,
            100,
            1,
            Money.of(300, "CAD"),
            Money.of(0, "CAD"),
            List.of(withholding),
            SINCE);
    return VoidWitness.whyNot(AUDITOR, draw, now, WEEK);
  }
}
