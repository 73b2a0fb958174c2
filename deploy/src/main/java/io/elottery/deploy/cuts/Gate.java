package io.elottery.deploy.cuts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's listener for one route. It listens only while somebody listens at the target, so that
 * who dials a dead server is refused as without a relay. On the relay's thread.
 */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);
  private static final int BACKLOG = 256;

  private final Route route;
  private final Map<String, String> sources;
  private final Selector selector;
  private final Supplier<Cuts> cuts;
  private final List<Joint> joints = new ArrayList<>();
  private @Nullable ServerSocketChannel listener;
  private @Nullable SocketChannel looking;

  /**
   * @param sources the server that dials from each address
   */
  Gate(Route route, Map<String, String> sources, Selector selector, Supplier<Cuts> cuts) {
    this.route = route;
    this.sources = sources;
    this.selector = selector;
    this.cuts = cuts;
  }

  /** Listens. */
  void open() throws IOException {
    ServerSocketChannel opened = ServerSocketChannel.open();
    listener = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    opened.bind(new InetSocketAddress(route.listen().host(), route.listen().port()), BACKLOG);
    opened.register(selector, SelectionKey.OP_ACCEPT, this);
  }

  /** Takes who dialled. */
  void accept() throws IOException {
    ServerSocketChannel from = listener;
    if (from == null) {
      return;
    }
    for (SocketChannel client = from.accept(); client != null; client = from.accept()) {
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      String dialler = route.dialler().isEmpty() ? dialler(client) : route.dialler();
      Joint joint = new Joint(client, dialler, route, selector, cuts, this::absent);
      client.register(selector, 0, joint);
      joints.add(joint);
      joint.go();
    }
  }

  private String dialler(SocketChannel client) {
    String host = client.socket().getInetAddress().getHostAddress();
    // Unknown: it dialled from no address of its own, as who enrols does; nothing cuts it off.
    return sources.getOrDefault(host, "");
  }

  /** The cuts are others now. */
  void changed() {
    joints.removeIf(Joint::isClosed);
    List.copyOf(joints).forEach(Joint::go);
  }

  private void absent() {
    ServerSocketChannel open = listener;
    listener = null;
    if (open != null) {
      close(open);
      log.info("{} at {} does not listen: nor does the relay", route.server(), route.target());
    }
  }

  /** Looks whether the target listens again; each time round. */
  void look() {
    joints.removeIf(Joint::isClosed);
    if (listener != null) {
      return;
    }
    SocketChannel under = looking;
    try {
      if (under == null) {
        under = SocketChannel.open();
        looking = under;
        under.configureBlocking(false);
        under.connect(new InetSocketAddress(route.target().host(), route.target().port()));
      } else if (under.finishConnect()) {
        looking = null;
        close(under);
        open();
      }
    } catch (IOException stillAbsent) {
      looking = null;
      absent();
      if (under != null) {
        close(under);
      }
    }
  }

  void close() {
    absent();
    joints.forEach(Joint::close);
    SocketChannel last = looking;
    if (last != null) {
      close(last);
    }
  }

  private static void close(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception gone) {
      // It is closed in any case.
    }
  }
}
