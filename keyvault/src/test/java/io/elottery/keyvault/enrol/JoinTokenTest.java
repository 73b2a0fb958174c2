package io.elottery.keyvault.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinTokenTest {
  private final JoinToken token = JoinToken.fresh(new SecureRandomSource(), "0a".repeat(32));

  @Test
  void writtenAndReadItIsTheSame() {
    assertThat(JoinToken.parse(" " + token.format() + "\n")).isEqualTo(token);
  }

  @Test
  void printsItsSecretNowhere() {
    String secret = token.format().split("\\.")[1];
    EnrolRequest request =
        EnrolRequest.joining(token, NodeId.of("worker-1"), Role.WORKER, new byte[3], "");

    assertThat(token.toString()).doesNotContain(secret).contains("«secret»");
    assertThat(request.toString()).doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b.c", "0011223344556677.short.00"})
  void anyOtherTextIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> JoinToken.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("join token: expected id.secret.sha256(CA) as `elottery init` wrote it");
  }

  @Test
  void requestAndReplySurviveTheWire() throws Exception {
    EnrolRequest request =
        EnrolRequest.joining(
            token, NodeId.of("worker-1"), Role.WORKER, new byte[] {1, 2, 3}, "store-9");

    EnrolRequest read = EnrolRequest.from(request.toEnvelope());

    assertThat(read.tokenId()).isEqualTo(token.id());
    assertThat(read.secret()).isEqualTo(token.secret());
    assertThat(read.node()).isEqualTo(request.node());
    assertThat(read.role()).isEqualTo(Role.WORKER);
    assertThat(read.signingRequest()).containsExactly(1, 2, 3);
    assertThat(read.storeId()).isEqualTo("store-9");
    EnrolReply reply = new EnrolReply(List.of(new byte[] {4}, new byte[] {5, 6}));
    assertThat(EnrolReply.from(reply.toEnvelope()).chain())
        .containsExactly(new byte[] {4}, new byte[] {5, 6});
  }

  @Test
  void cutRequestsAreMalformed() {
    Envelope whole =
        EnrolRequest.joining(token, NodeId.of("worker-1"), Role.WORKER, new byte[3], "")
            .toEnvelope();
    for (int length = 0; length < whole.body().length; length++) {
      Envelope cut =
          new Envelope(whole.kind(), whole.version(), Arrays.copyOf(whole.body(), length));
      assertThatThrownBy(() -> EnrolRequest.from(cut)).isInstanceOf(MalformedMessage.class);
    }
  }
}
