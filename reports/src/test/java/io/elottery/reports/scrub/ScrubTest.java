package io.elottery.reports.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScrubTest {
  private static final Scrub FOUND =
      new Scrub(
          Scrub.State.DONE,
          Instant.ofEpochMilli(1),
          Instant.ofEpochMilli(258),
          3,
          200,
          List.of("bad"));

  @Test
  void goldenBytes() throws MalformedMessage {
    byte[] body = FOUND.envelope().body();

    assertThat(HexFormat.of().formatHex(body))
        .isEqualTo("01020000000000000001000000000000010203c8010103626164");
    assertThat(Scrub.parse(body)).isEqualTo(FOUND);
    assertThat(FOUND.isSound()).isFalse();
  }

  @Test
  void anotherFormatIsMalformed() {
    byte[] body = FOUND.envelope().body();
    body[0] = 2;

    assertThatThrownBy(() -> Scrub.parse(body)).isInstanceOf(MalformedMessage.class);
  }
}
