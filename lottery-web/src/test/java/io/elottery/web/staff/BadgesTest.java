package io.elottery.web.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.elottery.foundation.time.Time;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.local.LocalOffice;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class BadgesTest {
  private final LocalOffice office = new LocalOffice().knows("secret", "ada", "officer");
  private final Clock clock = new Clock();
  private final Badges badges = new Badges(new OfficeLine(office), clock);

  @Test
  void anAnswerServesForAWhile() {
    assertThat(member("secret").orElseThrow().isOfficer()).isTrue();
    clock.pass(Duration.ofSeconds(4));
    member("secret");
    assertThat(office.asked()).hasSize(1);

    clock.pass(Duration.ofSeconds(2));
    office.forget("secret");

    assertThat(member("secret")).isEmpty();
    assertThat(badges.remembered("secret")).isEmpty();
  }

  @Test
  void withMainAwayTheLastAnswerHoldsTenMinutes() {
    member("secret");
    office.away(true);

    clock.pass(Duration.ofMinutes(9));
    assertThat(member("secret")).isPresent();

    clock.pass(Duration.ofMinutes(2));
    assertThat(catchThrowable(() -> member("secret")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Unacceptable.class);
    assertThat(catchThrowable(() -> member("other"))).isInstanceOf(CompletionException.class);
  }

  @Test
  void aGuessIsNobodys() {
    assertThat(member("guess")).isEmpty();
    assertThat(member("")).isEmpty();
    assertThat(office.asked()).hasSize(1);
  }

  private Optional<StaffMember> member(String token) {
    return badges.member(REQUEST, token).join();
  }

  private static final WebRequest REQUEST =
      new WebRequest(
          "GET",
          "/",
          Map.of(),
          Map.of(),
          name -> Optional.empty(),
          new byte[0],
          "here",
          Runnable::run);

  private static final class Clock implements Time {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }
  }
}
