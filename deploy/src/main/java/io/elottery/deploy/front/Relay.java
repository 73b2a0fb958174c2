package io.elottery.deploy.front;

import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection and the gateway's it was given, joined both ways. A side that cannot take
 * more keeps the other from being read: nothing piles up. On the front's thread.
 */
final class Relay {
  private static final int BUFFER = 16 << 10;

  private final SocketChannel client;
  private final Selector selector;
  private final List<Address> gateways;
  private final Flow up = new Flow();
  private final Flow down = new Flow();
  private int gateway;
  private int tried;
  private @Nullable SocketChannel server;

  /** Bytes on their way in one direction; the buffer is always ready to be filled. */
  private static final class Flow {
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private boolean ended;
    private boolean passedOn;

    /** Reads what there is and writes what is taken. */
    void move(SocketChannel from, SocketChannel to) throws IOException {
      boolean more = true;
      while (more) {
        int read = ended || !buffer.hasRemaining() ? 0 : from.read(buffer);
        ended |= read < 0;
        buffer.flip();
        int written = buffer.hasRemaining() ? to.write(buffer) : 0;
        buffer.compact();
        more = written > 0 && read >= 0 && buffer.position() == 0 && !ended;
      }
      if (ended && buffer.position() == 0 && !passedOn) {
        passedOn = true;
        to.shutdownOutput();
      }
    }

    boolean wantsToRead() {
      return !ended && buffer.hasRemaining();
    }

    boolean wantsToWrite() {
      return buffer.position() > 0;
    }
  }

  Relay(SocketChannel client, Selector selector, List<Address> gateways, int gateway) {
    this.client = client;
    this.selector = selector;
    this.gateways = gateways;
    this.gateway = gateway;
  }

  /** Connects to a gateway, the next one if that fails; with none left the client is let go. */
  void connect() {
    while (tried < gateways.size()) {
      Address address = gateways.get(gateway);
      gateway = (gateway + 1) % gateways.size();
      tried++;
      try {
        SocketChannel opened = SocketChannel.open();
        server = opened;
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean at = opened.connect(new InetSocketAddress(address.host(), address.port()));
        opened.register(selector, at ? 0 : SelectionKey.OP_CONNECT, this);
        if (at) {
          joined(opened);
        }
        return;
      } catch (IOException refused) {
        closeServer();
      }
    }
    close();
  }

  /** One of the two has something to do. */
  void ready(SelectionKey key) {
    SocketChannel opened = server;
    if (opened == null) {
      return;
    }
    if (key.isConnectable()) {
      finish(opened);
      return;
    }
    try {
      up.move(client, opened);
      down.move(opened, client);
      if (up.passedOn && down.passedOn) {
        close();
      } else {
        interest();
      }
    } catch (IOException broken) {
      close();
    }
  }

  private void finish(SocketChannel opened) {
    try {
      opened.finishConnect();
      joined(opened);
    } catch (IOException refused) {
      closeServer();
      connect();
    }
  }

  private void joined(SocketChannel opened) throws IOException {
    client.register(selector, SelectionKey.OP_READ, this);
    opened.register(selector, SelectionKey.OP_READ, this);
  }

  private void interest() {
    interest(client, up, down);
    SocketChannel opened = server;
    if (opened != null) {
      interest(opened, down, up);
    }
  }

  private void interest(SocketChannel channel, Flow from, Flow to) {
    SelectionKey key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(
          (from.wantsToRead() ? SelectionKey.OP_READ : 0)
              | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0));
    }
  }

  private void close() {
    closeServer();
    closeQuietly(client);
  }

  private void closeServer() {
    SocketChannel opened = server;
    server = null;
    if (opened != null) {
      closeQuietly(opened);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // It is closed in any case.
    }
  }
}
