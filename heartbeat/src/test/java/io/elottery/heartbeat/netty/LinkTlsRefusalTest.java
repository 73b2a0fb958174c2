package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PskIdentity;
import io.elottery.heartbeat.link.Purpose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.junit.jupiter.api.Test;

/**
 * What a stranger gets who has no key of the pair: one alert, and no key exchange computed for him.
 */
class LinkTlsRefusalTest {
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int FATAL = 2;
  private static final LinkId LINK =
      LinkId.between(NodeId.of("worker-1"), NodeId.of("worker-2"), Purpose.NEIGHBOUR);
  private static final String IDENTITY = new PskIdentity(LINK, 1).text();

  private final NumberedKeys keys = new NumberedKeys(1, 1);
  private final CountingCrypto crypto = new CountingCrypto();

  @Test
  void rightKeyIsAnsweredAfterOneExchange() throws Exception {
    byte[] answer = answer(ForgedHello.of(IDENTITY, keys.derived(IDENTITY)).bytes());

    assertThat(answer[0]).isEqualTo((byte) HANDSHAKE);
    assertThat(crypto.exchanges).isEqualTo(1);
  }

  @Test
  void wrongKeyCostsNoExchange() throws Exception {
    byte[] wrong = new NumberedKeys(2, 1).derived(IDENTITY);

    assertRefused(ForgedHello.of(IDENTITY, wrong), AlertDescription.decrypt_error);
  }

  @Test
  void unknownIdentityCostsNoExchange() throws Exception {
    String unknown = IDENTITY.replace("worker-1", "worker-0");

    assertRefused(
        ForgedHello.of(unknown, keys.derived(unknown)), AlertDescription.unknown_psk_identity);
  }

  @Test
  void retiredEpochCostsNoExchange() throws Exception {
    keys.moveTo(2);

    assertRefused(
        ForgedHello.of(IDENTITY, keys.derived(IDENTITY)), AlertDescription.unknown_psk_identity);
  }

  @Test
  void identityInAnotherSpellingIsUnknown() throws Exception {
    for (String other :
        new String[] {IDENTITY + " ", IDENTITY.replace(" 1", " 01"), "-", "x".repeat(4000)}) {
      assertRefused(
          ForgedHello.of(other, keys.derived(other)), AlertDescription.unknown_psk_identity);
    }
  }

  @Test
  void keyWithoutAnExchangeIsRefused() throws Exception {
    assertRefused(
        ForgedHello.of(IDENTITY, keys.derived(IDENTITY)).withoutExchange(),
        AlertDescription.handshake_failure);
  }

  @Test
  void helloWithoutAKeyIsRefused() throws Exception {
    assertRefused(
        ForgedHello.of(IDENTITY, keys.derived(IDENTITY)).withoutKey(),
        AlertDescription.handshake_failure);
  }

  @Test
  void helloWithoutAShareIsRefused() throws Exception {
    assertRefused(
        ForgedHello.of(IDENTITY, keys.derived(IDENTITY)).withoutShare(),
        AlertDescription.handshake_failure);
  }

  @Test
  void earlyDataIsRefusedEvenUnderTheRightKey() throws Exception {
    assertRefused(
        ForgedHello.of(IDENTITY, keys.derived(IDENTITY)).withEarlyData(),
        AlertDescription.handshake_failure);
  }

  @Test
  void dataBeforeTheHandshakeIsRefused() {
    byte[] record = {23, 3, 3, 0, 4, 1, 2, 3, 4};

    assertAlert(answer(record), AlertDescription.unexpected_message);
    assertThat(crypto.exchanges).isZero();
  }

  @Test
  void whatIsNotTlsIsRefused() {
    byte[] http = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    assertAlert(answer(http), AlertDescription.unexpected_message);
    assertThat(crypto.exchanges).isZero();
  }

  private void assertRefused(ForgedHello hello, short alert) throws IOException {
    assertAlert(answer(hello.bytes()), alert);
    assertThat(crypto.exchanges).isZero();
  }

  private static void assertAlert(byte[] answer, short alert) {
    assertThat(answer).containsExactly(ALERT, 3, 3, 0, 2, FATAL, alert);
  }

  /** All that the listener says to those bytes; for a refusal it also closes the connection. */
  private byte[] answer(byte[] record) {
    LinkTls tls =
        LinkTls.listening(
            crypto,
            identity ->
                identity.link().equals(LINK)
                    ? keys.psk(LINK, identity.epoch(), identity.text())
                    : Optional.empty());
    EmbeddedChannel channel = new EmbeddedChannel(tls);
    Throwable refused = catchThrowable(() -> channel.writeInbound(Unpooled.wrappedBuffer(record)));
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    byte[] answer = new byte[all.readableBytes()];
    all.readBytes(answer);
    if (answer.length > 0 && answer[0] == ALERT) {
      assertThat(refused).isInstanceOf(IOException.class);
    }
    channel.finishAndReleaseAll();
    return answer;
  }

  /** Counts the Diffie-Hellman exchanges begun. */
  private static final class CountingCrypto extends JcaTlsCrypto {
    private int exchanges;

    CountingCrypto() {
      super(new DefaultJcaJceHelper(), new SecureRandom(), new SecureRandom());
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
      exchanges++;
      return super.createECDomain(config);
    }
  }
}
