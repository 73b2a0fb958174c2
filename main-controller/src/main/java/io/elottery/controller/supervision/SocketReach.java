package io.elottery.controller.supervision;

import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link ReachCheck} by one TCP connection that is closed at once; carries no byte. */
public final class SocketReach implements ReachCheck {
  private static final Logger log = LoggerFactory.getLogger(SocketReach.class);

  private final Optional<String> source;

  /**
   * @param source the address it dials from; empty = the system chooses
   */
  public SocketReach(Optional<String> source) {
    this.source = source;
  }

  @Override
  public CompletableFuture<Boolean> refuses(Address address) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    InetSocketAddress there = new InetSocketAddress(address.host(), address.port());
    if (there.isUnresolved()) {
      result.complete(false);
      return result;
    }
    try {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      if (source.isPresent()) {
        channel.bind(new InetSocketAddress(source.get(), 0));
      }
      channel.connect(there, channel, new Outcome(result));
    } catch (IOException noSocket) {
      log.debug("no socket to check {}", address, noSocket);
      result.complete(false);
    }
    return result;
  }

  private record Outcome(CompletableFuture<Boolean> result)
      implements CompletionHandler<Void, AsynchronousSocketChannel> {
    @Override
    public void completed(Void none, AsynchronousSocketChannel channel) {
      close(channel);
      result.complete(false);
    }

    // Refused and unreachable are the same exception; only the former proves anything.
    @Override
    public void failed(Throwable problem, AsynchronousSocketChannel channel) {
      close(channel);
      String said = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
      result.complete(problem instanceof ConnectException && said.contains("refused"));
    }

    private static void close(AsynchronousSocketChannel channel) {
      try {
        channel.close();
      } catch (IOException closing) {
        log.debug("socket did not close cleanly", closing);
      }
    }
  }
}
