package io.elottery.reports.mute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MutesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LONG = Duration.ofHours(2);
  private static final Trouble SLOW = trouble("SERVER_SLOW", "worker-7", Priority.WARNING);
  private static final Trouble DOWN = trouble("SERVER_DOWN", "worker-7", Priority.CRITICAL);

  private final MuteWatch watch = new MuteWatch();

  @Test
  void muteOfOneCodeCoversOnlyThat() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW, DOWN));

    assertThat(mutes.over(SLOW)).isPresent();
    assertThat(mutes.over(DOWN)).isEmpty();
    assertThat(mutes.over(trouble("SERVER_SLOW", "worker-8", Priority.WARNING))).isEmpty();
  }

  @Test
  void whatIsNotTroubledCannotBeMuted() {
    assertThat(made(Optional.of("SERVER_DOWN"), LONG, SLOW)).isEmpty();
    assertThat(made(Optional.empty(), LONG)).isEmpty();
  }

  @Test
  void muteEndsWhenItsTimeIsOver() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.empty(), SLOW));

    assertThat(over(mutes, LONG.minusMillis(1), SLOW)).isEmpty();
    assertThat(over(mutes, LONG, SLOW)).containsExactly(MuteEnd.Reason.TIME_OVER);
  }

  @Test
  void muteEndsAtOnceWhenTheTroubleWorsens() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW));

    assertThat(
            over(
                mutes,
                Duration.ofSeconds(1),
                trouble("SERVER_SLOW", "worker-7", Priority.CRITICAL)))
        .containsExactly(MuteEnd.Reason.TROUBLE_WORSENED);
  }

  @Test
  void muteEndsWhenSomethingWorseBefallsTheSubject() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW));

    assertThat(over(mutes, Duration.ofSeconds(1), DOWN, SLOW))
        .containsExactly(MuteEnd.Reason.TROUBLE_WORSENED);
  }

  @Test
  void whatWasThereWhenMutedDoesNotEndIt() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW, DOWN));

    assertThat(over(mutes, Duration.ofMinutes(5), DOWN, SLOW)).isEmpty();
  }

  @Test
  void muteOutlastsABlinkOfItsTroubleAndEndsWithIt() {
    Mutes mutes = Mutes.NONE.with(mute(Optional.empty(), SLOW));

    assertThat(over(mutes, Duration.ofSeconds(10))).isEmpty();
    assertThat(over(mutes, Duration.ofSeconds(39), SLOW)).isEmpty();
    assertThat(over(mutes, Duration.ofSeconds(45))).isEmpty();
    assertThat(over(mutes, Duration.ofSeconds(74))).isEmpty();
    assertThat(over(mutes, Duration.ofSeconds(75))).containsExactly(MuteEnd.Reason.TROUBLE_ENDED);
  }

  @Test
  void sevenDaysAreTheLongest() {
    assertThat(made(Optional.empty(), Duration.ofDays(7), SLOW)).isPresent();
    assertThatThrownBy(() -> made(Optional.empty(), Duration.ofDays(7).plusSeconds(1), SLOW))
        .hasMessageContaining("at most 7 days");
  }

  @Test
  void newerMuteOfTheSameReplacesTheOlder() {
    Mute first = mute(Optional.empty(), SLOW);
    Mute second = made(Optional.empty(), Duration.ofHours(1), DOWN).orElseThrow();

    assertThat(Mutes.NONE.with(first).with(second).all()).containsExactly(second);
  }

  @Test
  void recordIsReadAsItWasWritten() throws Exception {
    Mutes mutes =
        Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW)).with(mute(Optional.empty(), DOWN));

    assertThat(Mutes.decode(mutes.encode())).isEqualTo(mutes);
    assertThat(HexFormat.of().formatHex(Mutes.NONE.encode())).isEqualTo("0100");
  }

  @Test
  void recordOfThisFormatStaysReadable() throws Exception {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);

    Mutes mutes = Mutes.NONE.with(mute(Optional.of("SERVER_SLOW"), SLOW));
    assertThat(HexFormat.of().formatHex(mutes.encode())).isEqualTo(GOLDEN);
    assertThat(Mutes.decode(golden)).isEqualTo(mutes);
  }

  @Test
  void damagedRecordIsRefusedWhereverItIsCut() {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);

    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);
      assertThatThrownBy(() -> Mutes.decode(cut))
          .isInstanceOf(io.elottery.foundation.wire.MalformedMessage.class);
    }
  }

  private static final String GOLDEN =
      "0101066d2d303130320b5345525645525f534c4f5708776f726b65722d37036f7073116469736b206973"
          + "2065786368616e676564000001a1fdfa4600000001a1fe6823000101000001a1fdf95ba0";

  private List<MuteEnd.Reason> over(Mutes mutes, Duration later, Trouble... troubles) {
    return watch.over(mutes, List.of(troubles), NOON.plus(later), later.toNanos()).stream()
        .map(MuteEnd::reason)
        .toList();
  }

  private static Mute mute(Optional<String> code, Trouble... troubles) {
    return made(code, LONG, troubles).orElseThrow();
  }

  private static Optional<Mute> made(
      Optional<String> code, Duration longLasting, Trouble... troubles) {
    return Mute.over(
        List.of(troubles),
        "m-0102",
        code,
        "worker-7",
        "ops",
        "disk is exchanged",
        NOON,
        NOON.plus(longLasting));
  }

  private static Trouble trouble(String code, String subject, Priority severity) {
    return new Trouble(
        code,
        subject,
        severity,
        NOON.minusSeconds(60),
        "what",
        "impact",
        Optional.empty(),
        List.of(),
        "",
        "next");
  }
}
