package io.elottery.deploy.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.deploy.cluster.FreePorts;
import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay between real sockets of this machine: {@code a} dials, {@code b} listens. */
final class CutRelayIT {
  private static final String FROM_A = "127.0.1.11";
  private static final String FROM_C = "127.0.1.12";
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 10_000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CutsFile file;
  private Address relayed = new Address("127.0.0.1", 0);
  private ServerSocket b;

  CutRelayIT(@TempDir Path dir) throws IOException {
    file = new CutsFile(dir);
    b = opened(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
  }

  @BeforeEach
  void start() throws Exception {
    try (FreePorts ports = new FreePorts()) {
      relayed = ports.any();
    }
    Route route = new Route(relayed, "", "b", new Address("127.0.0.1", b.getLocalPort()));
    CutRelay relay = new CutRelay(List.of(route), Map.of(FROM_A, "a", FROM_C, "c"), file);
    relay.start();
    open.push(relay);
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void cutBothWays_nothingPassesUntilItIsHealed_andNothingIsLost() throws Exception {
    Socket a = dial(FROM_A);
    Socket atB = accept();
    say(a, 1);
    assertThat(hear(atB, LONG_MILLIS)).isEqualTo(1);

    cut(Cuts.NONE.with(List.of("a"), List.of("b"), false));
    say(a, 2);
    say(atB, 3);
    assertSilent(atB);
    assertSilent(a);

    cut(Cuts.NONE);
    assertThat(hear(atB, LONG_MILLIS)).isEqualTo(2);
    assertThat(hear(a, LONG_MILLIS)).isEqualTo(3);
  }

  @Test
  void cutOneWay_theOtherIsStillHeard() throws Exception {
    Socket a = dial(FROM_A);
    Socket atB = accept();

    cut(Cuts.NONE.with(List.of("a"), List.of("b"), true));
    say(a, 1);
    say(atB, 2);

    assertThat(hear(a, LONG_MILLIS)).isEqualTo(2);
    assertSilent(atB);
  }

  @Test
  void othersAreNotConcerned() throws Exception {
    cut(Cuts.NONE.with(List.of("a"), List.of("b"), false));
    Socket c = dial(FROM_C);
    say(c, 7);

    assertThat(hear(accept(), LONG_MILLIS)).isEqualTo(7);
  }

  @Test
  void dialledWhileCut_itIsConnectedWhenHealed() throws Exception {
    cut(Cuts.NONE.with(List.of("b"), List.of("a"), true));
    Socket a = dial(FROM_A);
    say(a, 5);
    b.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(this::accept).isInstanceOf(SocketTimeoutException.class);

    cut(Cuts.NONE);
    b.setSoTimeout(LONG_MILLIS);
    assertThat(hear(accept(), LONG_MILLIS)).isEqualTo(5);
  }

  @Test
  void anEndThatDiesWhileCut_isNotKnownToTheOtherBeforeItIsHealed() throws Exception {
    Socket a = dial(FROM_A);
    Socket atB = accept();
    cut(Cuts.NONE.with(List.of("a"), List.of("b"), false));

    a.setSoLinger(true, 0);
    a.close();
    assertSilent(atB);

    cut(Cuts.NONE);
    atB.setSoTimeout(LONG_MILLIS);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              try {
                return atB.getInputStream().read() < 0;
              } catch (IOException reset) {
                return true;
              }
            });
  }

  @Test
  void whereNobodyListens_theRelayDoesNotEither_andItComesBack() throws Exception {
    int port = b.getLocalPort();
    b.close();

    await().atMost(Duration.ofSeconds(10)).until(() -> isRefused());
    b = new ServerSocket();
    open.push(b);
    b.setReuseAddress(true);
    b.bind(new InetSocketAddress("127.0.0.1", port));
    await().atMost(Duration.ofSeconds(10)).until(() -> !isRefused());
  }

  private boolean isRefused() throws IOException {
    try (Socket socket = new Socket(relayed.host(), relayed.port())) {
      return !socket.isConnected();
    } catch (java.net.ConnectException refused) {
      return true;
    }
  }

  private void cut(Cuts cuts) throws IOException {
    file.write(cuts);
    await().atMost(Duration.ofSeconds(10)).until(() -> file.isApplied(cuts));
  }

  private Socket dial(String from) throws IOException {
    Socket socket = opened(new Socket());
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(relayed.host(), relayed.port()), LONG_MILLIS);
    return socket;
  }

  private Socket accept() throws IOException {
    return opened(b.accept());
  }

  private static void say(Socket at, int what) throws IOException {
    at.getOutputStream().write(what);
    at.getOutputStream().flush();
  }

  private static int hear(Socket at, int withinMillis) throws IOException {
    at.setSoTimeout(withinMillis);
    return at.getInputStream().read();
  }

  private static void assertSilent(Socket at) {
    assertThatThrownBy(() -> hear(at, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.push(one);
    return one;
  }
}
