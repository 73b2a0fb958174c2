package io.elottery.heartbeat.netty;

import static io.elottery.heartbeat.netty.TwoEnds.IDENTITY;
import static io.elottery.heartbeat.netty.TwoEnds.LINK;
import static io.elottery.heartbeat.netty.TwoEnds.LOW;
import static io.elottery.heartbeat.netty.TwoEnds.frame;
import static io.elottery.heartbeat.netty.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.PskIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenSSL 3 in the listener's place: with the right key it is dialled and understood; with anything
 * else it is not trusted, and that is counted.
 */
class OpensslServerIT {
  private static final int ATTEMPTS = 3;

  private final TwoEnds ends = new TwoEnds();
  private final byte[] key = ends.key;

  @BeforeAll
  static void anOpenssl3IsInstalled() throws InterruptedException {
    String version = Openssl.version();
    assumeTrue(version.startsWith("OpenSSL 3"), "needs OpenSSL 3, found " + version.trim());
  }

  @AfterEach
  void end() throws Exception {
    ends.close();
  }

  @Test
  void serverWithTheRightKeyIsDialledAndTalks() throws Exception {
    Openssl server = server(IDENTITY, key, "-nocert", "-tls1_3");
    NettyLinks low = dialler(server);

    await().until(() -> server.output().contains(LINK.toString()));
    server.say(frame(Welcome.to(new Peer(LOW, Role.WORKER))));
    server.say(frame(text("from openssl")));

    await().until(() -> low.up(LINK, Channel.IMPULSE) || low.up(LINK, Channel.WORK));
    await().until(() -> ends.impulses.envelopes.size() + ends.work.envelopes.size() == 1);
    assertThat(server.output()).contains("TLS_AES_128_GCM_SHA256");
  }

  @Test
  void serverWithAWrongKeyIsRefused() throws Exception {
    byte[] wrong = new NumberedKeys(2, 1).derived(IDENTITY);

    assertNotTrusted(server(IDENTITY, wrong, "-nocert", "-tls1_3"));
  }

  @Test
  void serverOfAnotherIdentityIsRefused() throws Exception {
    String other = new PskIdentity(LINK, 7).text();

    assertNotTrusted(server(other, ends.keys.derived(other), "-nocert", "-tls1_3"));
  }

  @Test
  void serverOfTls12IsRefused() throws Exception {
    assertNotTrusted(server(IDENTITY, key, "-nocert", "-tls1_2"));
  }

  @Test
  void serverWithACertificateInPlaceOfTheKeyIsRefused(@TempDir Path directory) throws Exception {
    Path certificate = Openssl.certificate(directory);
    Openssl server =
        server("nobody", key, "-tls1_3", "-key", "" + certificate, "-cert", certificate + ".cert");

    assertNotTrusted(server);

    await().until(() -> server.output().contains("alert number 40"));
  }

  private void assertNotTrusted(Openssl server) {
    NettyLinks low = dialler(server);

    await().until(() -> low.refused() >= ATTEMPTS);
    assertThat(ends.log.events).isEmpty();
  }

  private NettyLinks dialler(Openssl server) {
    await().until(() -> server.port() > 0);
    return ends.dialler(new Address("127.0.0.1", server.port()));
  }

  private Openssl server(String identity, byte[] key, String... more) throws Exception {
    return ends.closing(Openssl.server(identity, key, more));
  }
}
