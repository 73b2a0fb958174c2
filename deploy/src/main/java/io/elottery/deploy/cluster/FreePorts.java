package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks free ports of the loopback interface, all different: each is held open until all are
 * picked. They lie below those that the system gives to outgoing connections, so that none of these
 * takes one before it is used; should somebody, the server that wanted it says so.
 */
public final class FreePorts implements AutoCloseable {
  private static final int LOWEST = 12_000;
  private static final int RANGE = 20_000;
  private static final int TRIES = 50;

  private final List<ServerSocket> held = new ArrayList<>();
  private final RandomSource random = new SecureRandomSource();

  /** A free one. */
  public Address any() throws CommandFailed {
    for (int i = 0; i < TRIES; i++) {
      try {
        return bound(LOWEST + random.nextInt(RANGE));
      } catch (IOException taken) {
        // Another one is drawn.
      }
    }
    return take(0, "");
  }

  /**
   * This one, if it is free; 0 means any.
   *
   * @param option what the user can write to ask for another
   */
  public Address wanted(int port, String option) throws CommandFailed {
    return port == 0 ? any() : take(port, option);
  }

  @Override
  public void close() {
    for (ServerSocket socket : held) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // Nothing was ever accepted on it; the port is free once this process ends at the latest.
      }
    }
    held.clear();
  }

  private Address take(int port, String option) throws CommandFailed {
    try {
      return bound(port);
    } catch (IOException taken) {
      throw new CommandFailed(
          ExitCode.FAILED,
          port == 0
              ? "no free port on 127.0.0.1: " + taken.getMessage()
              : "port "
                  + port
                  + " is taken: choose another with "
                  + option
                  + ", or "
                  + option
                  + " 0 for any free one",
          taken);
    }
  }

  private Address bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    held.add(socket);
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    return new Address("127.0.0.1", socket.getLocalPort());
  }
}
