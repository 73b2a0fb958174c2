package io.elottery.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.FirstGames;
import io.elottery.deploy.staff.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstGamesTest {
  private static final String GAMES = "GET /api/v1/games";
  private static final String PARTIES = "GET /api/v1/parties";
  private static final String ONE = "{\"items\":[{\"name\":\"powerball\"}]}";
  private static final String BOTH = "{\"items\":[{\"name\":\"powerball\"},{\"name\":\"keno\"}]}";
  private static final List<String> WANTED = List.of("powerball", "keno");

  private final List<String> progress = new ArrayList<>();
  private LocalStaffPort site;

  @BeforeEach
  void open() throws IOException {
    site = new LocalStaffPort();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void waitsUntilEveryGameAndThePartiesFileAreShown() throws CommandFailed {
    site.answers(GAMES, 503, "").answers(GAMES, 200, ONE).answers(GAMES, 200, BOTH);
    site.answers(PARTIES, 404, "{}").answers(PARTIES, 404, "{}");
    site.answers(PARTIES, 404, "{}").answers(PARTIES, 200, "{}");

    FirstGames.await(new Http(site.url(), ""), WANTED, Duration.ofSeconds(60), progress::add);

    assertThat(site.asked().stream().filter(PARTIES::equals)).hasSize(4);
    assertThat(progress)
        .containsExactly("waiting for main to publish keno, powerball, the parties file");
  }

  @Test
  void saysNothingWhereAllIsThere() throws CommandFailed {
    site.answers(GAMES, 200, BOTH).answers(PARTIES, 200, "{}");

    FirstGames.await(new Http(site.url(), ""), WANTED, Duration.ZERO, progress::add);

    assertThat(progress).isEmpty();
  }

  @Test
  void namesWhatIsMissingWhenTheTimeIsOver() {
    site.answers(GAMES, 200, ONE).answers(PARTIES, 200, "{}");

    assertThatThrownBy(
            () -> FirstGames.await(new Http(site.url(), ""), WANTED, Duration.ZERO, progress::add))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("not published in 0 s: keno")
        .extracting(failed -> ((CommandFailed) failed).code())
        .isEqualTo(ExitCode.TIMED_OUT);
  }
}
