package io.elottery.deploy.cuts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection between two servers, held in either direction as the cuts say.
 *
 * <pre>
 *   waiting --no cut--> connecting --> joined --an end breaks--> closed
 *      ^--- dialled while any direction is cut: a handshake needs both
 * </pre>
 *
 * <p>An end that breaks is not told to the other while what it says is held. On the relay's thread.
 */
final class Joint {
  private final SocketChannel client;
  private final String dialler;
  private final Route route;
  private final Selector selector;
  private final Supplier<Cuts> cuts;
  private final Runnable absent;
  private final Flow up = new Flow();
  private final Flow down = new Flow();
  private @Nullable SocketChannel server;
  private boolean connected;
  private boolean clientGone;
  private boolean serverGone;
  private boolean closed;

  /**
   * @param absent told when nobody listens at the target
   */
  Joint(
      SocketChannel client,
      String dialler,
      Route route,
      Selector selector,
      Supplier<Cuts> cuts,
      Runnable absent) {
    this.client = client;
    this.dialler = dialler;
    this.route = route;
    this.selector = selector;
    this.cuts = cuts;
    this.absent = absent;
  }

  boolean isClosed() {
    return closed;
  }

  /** Does all that can be done: after a cut or a healing, or when a channel is ready. */
  void go() {
    if (closed) {
      return;
    }
    SocketChannel opened = server;
    if (opened == null) {
      if (!upHeld() && !downHeld()) {
        connect();
      }
      return;
    }
    if (!connected) {
      finish(opened);
      return;
    }
    if (!upHeld()) {
      move(up, client, opened);
    }
    if (!downHeld()) {
      move(down, opened, client);
    }
    settle(opened);
  }

  private void move(Flow flow, SocketChannel from, SocketChannel to) {
    boolean more = !clientGone && !serverGone;
    while (more) {
      try {
        flow.fill(from);
      } catch (IOException broken) {
        gone(from);
        return;
      }
      try {
        more = flow.drain(to);
      } catch (IOException broken) {
        gone(to);
        return;
      }
    }
  }

  private void gone(SocketChannel end) {
    clientGone |= end == client;
    serverGone |= end != client;
  }

  private void settle(SocketChannel opened) {
    boolean over = up.isOver() && down.isOver();
    boolean told = (clientGone && !upHeld()) || (serverGone && !downHeld());
    if (over || told || (clientGone && serverGone)) {
      close();
    } else {
      interest(client, !clientGone && !upHeld(), up, !clientGone && !downHeld(), down);
      interest(opened, !serverGone && !downHeld(), down, !serverGone && !upHeld(), up);
    }
  }

  private void interest(SocketChannel channel, boolean reads, Flow from, boolean writes, Flow to) {
    SelectionKey key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(
          (reads && from.wantsToRead() ? SelectionKey.OP_READ : 0)
              | (writes && to.wantsToWrite() ? SelectionKey.OP_WRITE : 0));
    }
  }

  private boolean upHeld() {
    return cuts.get().isCut(dialler, route.server());
  }

  private boolean downHeld() {
    return cuts.get().isCut(route.server(), dialler);
  }

  private void connect() {
    try {
      SocketChannel opened = SocketChannel.open();
      server = opened;
      opened.configureBlocking(false);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connected =
          opened.connect(new InetSocketAddress(route.target().host(), route.target().port()));
      opened.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, this);
      if (connected) {
        go();
      }
    } catch (IOException refused) {
      absent.run();
      close();
    }
  }

  private void finish(SocketChannel opened) {
    try {
      if (opened.finishConnect()) {
        connected = true;
        opened.keyFor(selector).interestOps(0);
        go();
      }
    } catch (IOException refused) {
      absent.run();
      close();
    }
  }

  void close() {
    closed = true;
    SocketChannel opened = server;
    if (opened != null) {
      closeQuietly(opened);
    }
    closeQuietly(client);
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // It is closed in any case.
    }
  }
}
