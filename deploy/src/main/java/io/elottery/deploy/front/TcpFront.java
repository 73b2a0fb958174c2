package io.elottery.deploy.front;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each connection to one of several gateways in turn, the next one when that does not answer.
 *
 * <p>It moves bytes and knows nothing of HTTP. A gateway that dies takes its connections with it;
 * new ones go to the others. For local clusters: in production a balancer or DNS stands here. One
 * thread of its own.
 */
public final class TcpFront implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(TcpFront.class);
  private static final int BACKLOG = 1_024;

  private final Address listen;
  private final List<Address> gateways;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Thread thread;
  // Written by whoever closes, read by the own thread.
  private volatile boolean closing;
  private int next;

  /**
   * @param listen port 0 picks a free one
   * @param gateways at least one
   */
  public TcpFront(Address listen, List<Address> gateways) {
    this.listen = listen;
    this.gateways = List.copyOf(gateways);
    if (gateways.isEmpty()) {
      throw new IllegalArgumentException("a front without gateways");
    }
    try {
      selector = Selector.open();
      server = ServerSocketChannel.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread = new Thread(this::run, "front");
  }

  @Override
  public void start() {
    try {
      server.configureBlocking(false);
      server.bind(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException failed) {
      throw new UncheckedIOException("front at " + listen + ": " + failed.getMessage(), failed);
    }
    log.info("front at {} for {}", address(), gateways);
    thread.start();
  }

  /** Where it listens, with the port picked. */
  public Address address() {
    return new Address(listen.host(), server.socket().getLocalPort());
  }

  /** Ends all connections. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector;
        server) {
      while (!closing) {
        selector.select(this::ready);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException failed) {
      log.error("front at {} ends", listen, failed);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
    } else {
      ((Relay) key.attachment()).ready(key);
    }
  }

  private void accept() {
    try {
      for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
        new Relay(client, selector, gateways, next++ % gateways.size()).connect();
        next %= gateways.size();
      }
    } catch (IOException failed) {
      // Out of file descriptors, most likely: those who wait are accepted when there are some.
      log.warn("front at {} cannot accept: {}", listen, failed.getMessage());
    }
  }
}
