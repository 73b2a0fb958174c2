package io.elottery.deploy.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpFrontTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  /** Says its name, then sends back all it hears. */
  private final class Gateway {
    private final ServerSocket server;
    private final Thread thread;

    Gateway(String name) throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      open.add(server);
      thread = new Thread(() -> serve(name));
      thread.setDaemon(true);
      thread.start();
    }

    private void serve(String name) {
      while (!server.isClosed()) {
        try {
          Socket client = server.accept();
          Thread echo = new Thread(() -> echo(client, name));
          echo.setDaemon(true);
          echo.start();
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void echo(Socket client, String name) {
      try (client) {
        client.getOutputStream().write(name.getBytes(StandardCharsets.UTF_8));
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException gone) {
        // The test ended.
      }
    }

    /** Returns when nothing is accepted any more. */
    void die() throws Exception {
      server.close();
      thread.join();
    }

    Address address() {
      return new Address("127.0.0.1", server.getLocalPort());
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private TcpFront front(Address... gateways) {
    TcpFront front = new TcpFront(new Address("127.0.0.1", 0), List.of(gateways));
    front.start();
    open.add(front);
    return front;
  }

  private static byte[] exchange(TcpFront front, byte[] sent) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", front.address().port())) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                  socket.shutdownOutput();
                } catch (IOException gone) {
                  // The reader sees it.
                }
              });
      sender.start();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static String name(TcpFront front) throws IOException {
    return new String(exchange(front, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void connectionsGoToTheGatewaysInTurn() throws Exception {
    TcpFront front = front(new Gateway("a").address(), new Gateway("b").address());

    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      names.add(name(front));
    }

    assertThat(names).containsExactly("a", "b");
  }

  @Test
  void deadGatewayIsPassedOver() throws Exception {
    Gateway dead = new Gateway("dead");
    Gateway alive = new Gateway("alive");
    TcpFront front = front(dead.address(), alive.address());
    dead.die();

    for (int i = 0; i < 4; i++) {
      assertThat(name(front)).isEqualTo("alive");
    }
  }

  @Test
  void bytesArriveWholeAndInOrderAndEndsArePassedOn() throws Exception {
    TcpFront front = front(new Gateway("x").address());
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);

    byte[] received = exchange(front, sent);

    assertThat(received).hasSize(sent.length + 1).endsWith(sent);
  }

  @Test
  void withoutAnyGatewayTheClientIsLetGo() throws Exception {
    Gateway dead = new Gateway("dead");
    dead.die();

    assertThat(name(front(dead.address()))).isEmpty();
  }
}
