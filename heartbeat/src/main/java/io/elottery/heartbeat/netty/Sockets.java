package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opening TCP connections and listeners on one event loop. */
final class Sockets {
  private static final int BACKLOG = 256;
  // What is encrypted but not yet taken by the system; the rest waits in the outbox.
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(128 << 10, 512 << 10);
  private static final Duration STOP_WAIT = Duration.ofSeconds(3);

  private Sockets() {}

  static ChannelFuture connect(
      EventLoop loop, OwnAddresses own, Address to, Duration timeout, Consumer<Channel> pipeline) {
    Bootstrap bootstrap = new Bootstrap();
    own.source().ifPresent(source -> bootstrap.localAddress(source, 0));
    return bootstrap
        .group(loop)
        .channel(isEpoll(loop) ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
        .handler(initializer(pipeline))
        .connect(to.host(), to.port());
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the address cannot be had
   */
  static Channel listen(EventLoop loop, String key, Address at, Consumer<Channel> pipeline) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(isEpoll(loop) ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(initializer(pipeline))
            .bind(at.host(), at.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          key + " " + at + " cannot be had: " + bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }

  /** The address a listener was bound to, with its real port. */
  static Address bound(Channel listener, Address asked) {
    return new Address(asked.host(), ((InetSocketAddress) listener.localAddress()).getPort());
  }

  /** Runs the task on the loop and waits for it, bounded; at once when already there. */
  static void runAndWait(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.submit(task).awaitUninterruptibly(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isEpoll(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
  }

  private static ChannelInitializer<SocketChannel> initializer(Consumer<Channel> pipeline) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        pipeline.accept(channel);
      }
    };
  }
}
