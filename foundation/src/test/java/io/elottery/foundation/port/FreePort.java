package io.elottery.foundation.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of the loopback interface that is free now, below those that the system gives to outgoing
 * connections: none of these takes it while a server of a test restarts.
 */
public final class FreePort {
  private static final int LOWEST = 12_000;
  private static final int ABOVE = 32_000;
  private static final int TRIES = 50;

  private FreePort() {}

  /** One of them; any free one where none of many was. */
  public static int any() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        return free(ThreadLocalRandom.current().nextInt(LOWEST, ABOVE));
      } catch (IOException taken) {
        // Another one is drawn.
      }
    }
    return free(0);
  }

  private static int free(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
