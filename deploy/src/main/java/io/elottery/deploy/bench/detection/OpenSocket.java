package io.elottery.deploy.bench.detection;

import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection to a server on which nothing is said: tells when the system closed it, which is the
 * soonest that anybody could know of the server's death by a connection.
 */
final class OpenSocket implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int CLOSED_SECONDS = 10;

  private final Socket socket = new Socket();
  private final CompletableFuture<Instant> closed = new CompletableFuture<>();

  OpenSocket(Address address) throws IOException {
    socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
    Thread reader = new Thread(this::read, "open-socket");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      while (socket.getInputStream().read() >= 0) {
        // Nothing is asked, so what comes is no answer.
      }
    } catch (IOException reset) {
      // As good as an end.
    }
    closed.complete(Instant.now());
  }

  /** When it was closed; waits a while, empty when it was not. */
  Optional<Instant> closed() {
    try {
      return Optional.of(closed.get(CLOSED_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException not) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
