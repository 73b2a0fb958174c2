package io.elottery.heartbeat.netty;

import static io.elottery.heartbeat.netty.TwoEnds.IDENTITY;
import static io.elottery.heartbeat.netty.TwoEnds.LINK;
import static io.elottery.heartbeat.netty.TwoEnds.LOW;
import static io.elottery.heartbeat.netty.TwoEnds.PLACES;
import static io.elottery.heartbeat.netty.TwoEnds.frame;
import static io.elottery.heartbeat.netty.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A link's TLS against another maker's: OpenSSL 3 with the right key is let in and understood; with
 * anything else it is shown an alert, counted, and its place is free again. The other way round:
 * {@link OpensslServerIT}.
 */
class OpensslInteropIT {
  private static final int ATTEMPTS = PLACES + 1;
  private static final Expected UNKNOWN = new Expected(115, LinkRefusal.UNKNOWN_IDENTITY);
  private static final Expected WRONG_KEY = new Expected(51, LinkRefusal.WRONG_KEY);
  private static final Expected TLS_VERSION = new Expected(70, LinkRefusal.TLS_VERSION);
  private static final Expected HANDSHAKE_FAILURE = new Expected(40, LinkRefusal.OTHER);

  /** What a refused client sees, and what it is counted as. */
  private record Expected(int alert, LinkRefusal reason) {}

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
  void clientWithTheRightKeyIsLetInAndTalks() throws Exception {
    NettyLinks high = ends.listener();
    Openssl client = client(high, IDENTITY, key, "-tls1_3");
    await().until(() -> client.output().contains("TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256"));

    client.say(frame(new LinkHello(LINK, Channel.IMPULSE, false).toEnvelope()));
    await().until(() -> high.up(LINK, Channel.IMPULSE));
    client.say(frame(text("from openssl")));
    assertThat(high.impulses().send(LOW, text("to openssl"))).isTrue();

    await().until(() -> ends.impulses.envelopes.contains(text("from openssl")));
    await().until(() -> client.output().contains("to openssl"));
    assertThat(ends.impulses.senders).containsOnly(new Peer(LOW, Role.WORKER));
    assertThat(client.output()).contains("Server Temp Key: X25519", "no peer certificate");
    assertThat(high.refused()).isZero();
  }

  @Test
  void noDheModeIsNeverTaken() throws Exception {
    NettyLinks high = ends.listener();

    Openssl client = client(high, IDENTITY, key, "-tls1_3", "-allow_no_dhe_kex");

    await().until(() -> client.output().contains("TLSv1.3, Cipher is"));
    assertThat(client.output()).contains("Server Temp Key: X25519");
  }

  @Test
  void clientWithAWrongKeyIsRefused() throws Exception {
    byte[] wrong = new NumberedKeys(2, 1).derived(IDENTITY);

    assertRefused(ends.listener(), IDENTITY, wrong, WRONG_KEY, "-tls1_3");
  }

  @Test
  void clientWithAnUnknownIdentityIsRefused() throws Exception {
    String unknown = IDENTITY.replace("worker-1", "worker-0");

    assertRefused(ends.listener(), unknown, ends.keys.derived(unknown), UNKNOWN, "-tls1_3");
  }

  @Test
  void clientOfARetiredEpochIsRefused() throws Exception {
    NettyLinks high = ends.listener();
    ends.keys.moveTo(2);

    assertRefused(high, IDENTITY, key, UNKNOWN, "-tls1_3");
  }

  @Test
  void clientOfTls12IsRefused() throws Exception {
    assertRefused(ends.listener(), IDENTITY, key, TLS_VERSION, "-tls1_2");
  }

  @Test
  void endThatOnlyDialsIsNotDialled() throws Exception {
    NettyLinks low = ends.dialler(new Address("127.0.0.1", 1));

    Openssl client = client(low, IDENTITY, key, "-tls1_3");

    client.awaitExit();
    assertThat(client.output()).contains("alert number " + UNKNOWN.alert());
    assertThat(ends.log.events).isEmpty();
  }

  @Test
  void clientWithTheEndsInReverseIsRefused() throws Exception {
    String reversed = "elottery/link/v1 worker-2 worker-1 neighbour 1";

    assertRefused(ends.listener(), reversed, ends.keys.derived(reversed), UNKNOWN, "-tls1_3");
  }

  @Test
  void clientWithEarlyDataIsRefused(@TempDir Path directory) throws Exception {
    Path data = Files.writeString(directory.resolve("early"), "sell me a ticket");
    Path session = directory.resolve("session");
    Openssl server =
        ends.closing(Openssl.server(IDENTITY, key, "-nocert", "-tls1_3", "-early_data"));
    await().until(() -> server.port() > 0);
    ends.closing(
        Openssl.client(server.port(), IDENTITY, key, "-tls1_3", "-sess_out", "" + session));
    await().until(() -> Files.exists(session) && Files.readString(session).contains("-END"));

    assertRefused(
        ends.listener(),
        IDENTITY,
        key,
        HANDSHAKE_FAILURE,
        "-tls1_3",
        "-sess_in",
        session.toString(),
        "-early_data",
        data.toString());
    assertThat(ends.work.envelopes).isEmpty();
  }

  /** Refused more often than there are places, counted each time; the right one still gets in. */
  private void assertRefused(
      NettyLinks high, String identity, byte[] key, Expected expected, String... more)
      throws Exception {
    for (int i = 1; i <= ATTEMPTS; i++) {
      Openssl client = client(high, identity, key, more);
      client.awaitExit();
      assertThat(client.output()).contains("alert number " + expected.alert());
      long times = i;
      await().until(() -> high.refused() >= times);
    }
    assertThat(high.refused(expected.reason())).isEqualTo(ATTEMPTS);
    assertThat(high.refused()).isEqualTo(ATTEMPTS);
    assertThat(ends.log.events).isEmpty();
    ends.dialler(high.listening());
    await().until(() -> high.up(LINK, Channel.IMPULSE) && high.up(LINK, Channel.WORK));
  }

  private Openssl client(NettyLinks high, String identity, byte[] key, String... more)
      throws Exception {
    return ends.closing(Openssl.client(high.listening().port(), identity, key, more));
  }
}
