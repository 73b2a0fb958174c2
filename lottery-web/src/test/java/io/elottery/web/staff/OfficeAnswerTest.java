package io.elottery.web.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a caller is told to come again: whatever main did not do, nothing it may have done. */
class OfficeAnswerTest {
  @ParameterizedTest
  @ValueSource(strings = {"NO_LEADER", "NOT_READY"})
  void whatWasNotDoneIsAskedForAgain(String code) {
    assertThat(again(503, code, false)).contains(Duration.ofSeconds(1));
  }

  @Test
  void whatMayHaveBeenDoneIsAskedForAgainOnlyIfThatDoesNoMore() {
    assertThat(again(503, "NO_ANSWER", false)).isEmpty();
    assertThat(again(503, "NO_ANSWER", true)).contains(Duration.ofSeconds(1));
    assertThat(again(503, "OUTCOME_UNKNOWN", false)).isEmpty();
  }

  @Test
  void aRefusalIsFinal() {
    assertThat(again(409, "NOT_READY", true)).isEmpty();
    assertThat(again(503, "SEALED", false)).isEmpty();
  }

  private static Optional<Duration> again(int status, String code, boolean repeatable) {
    String text = "{\"status\":" + status + ",\"body\":{\"code\":\"" + code + "\"}}";
    return OfficeAnswer.of(text.getBytes(StandardCharsets.UTF_8), repeatable)
        .problem()
        .retryAfter();
  }
}
