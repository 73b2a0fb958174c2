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
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.junit.jupiter.api.Test;

/** What a dialler does to listeners that answer its hello with less than it asked for. */
class LinkTlsDiallerTest {
  private static final int SESSION_ID_AT = 5 + 4 + 2 + 32; // record, message, version, random
  private static final byte ALERT = 21;
  private static final LinkId LINK =
      LinkId.between(NodeId.of("worker-1"), NodeId.of("worker-2"), Purpose.NEIGHBOUR);
  private static final byte[] VERSION = {0, 43, 0, 2, 3, 4};
  private static final byte[] FIRST_KEY = {0, 41, 0, 2, 0, 0};
  private static final byte[] SECOND_KEY = {0, 41, 0, 2, 0, 1};

  private final TlsCrypto crypto =
      new JcaTlsCryptoProvider().create(new SecureRandom(), new SecureRandom());

  @Test
  void keyWithoutAnExchangeIsRefused() {
    assertRefused(VERSION, FIRST_KEY);
  }

  @Test
  void neitherKeyNorExchangeIsRefused() {
    assertRefused(VERSION);
  }

  @Test
  void keyThatWasNotOfferedIsRefused() {
    assertRefused(VERSION, SECOND_KEY);
  }

  @Test
  void olderVersionIsRefused() {
    assertRefused(FIRST_KEY);
  }

  private void assertRefused(byte[]... extensions) {
    PskIdentity identity = new PskIdentity(LINK, 1);
    LinkTls tls = LinkTls.dialling(crypto, identity, new byte[32]);
    EmbeddedChannel channel = new EmbeddedChannel(tls);
    ByteBuf hello = channel.readOutbound();

    Throwable refused =
        catchThrowable(
            () -> channel.writeInbound(answer(hello, Unpooled.wrappedBuffer(extensions))));

    ByteBuf alert = channel.readOutbound();
    assertThat(alert.getByte(0)).isEqualTo(ALERT);
    assertThat(refused).isInstanceOf(IOException.class);
    assertThat(tls.outcome().isComplete()).isFalse();
    hello.release();
    alert.release();
    channel.finishAndReleaseAll();
  }

  /** A server's hello with these extensions (RFC 8446 §4.1.3). */
  private static ByteBuf answer(ByteBuf hello, ByteBuf extensions) {
    int sessionIdLength = hello.getByte(SESSION_ID_AT);
    ByteBuf body = Unpooled.buffer().writeShort(0x0303).writeBytes(new byte[32]);
    body.writeBytes(hello.slice(SESSION_ID_AT, 1 + sessionIdLength));
    body.writeShort(0x1301).writeByte(0); // TLS_AES_128_GCM_SHA256, no compression
    body.writeShort(extensions.readableBytes()).writeBytes(extensions);
    ByteBuf record = Unpooled.buffer().writeByte(22).writeShort(0x0303);
    record.writeShort(4 + body.readableBytes()).writeByte(2).writeMedium(body.readableBytes());
    return record.writeBytes(body);
  }
}
