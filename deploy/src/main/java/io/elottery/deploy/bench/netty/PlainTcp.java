package io.elottery.deploy.bench.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Both ends of connections without any protection, over the loopback device: socket options,
 * framing, greeting and writing together as links and trunks do it. Whoever connects is let in,
 * which is why it stands here and not beside those.
 */
public final class PlainTcp implements AutoCloseable {
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(128 << 10, 512 << 10);
  private static final int BACKLOG = 256;

  private final EventLoopGroup dialling = loop("plain-dial");
  private final EventLoopGroup listening = loop("plain-listen");
  private final Channel listener;
  private volatile BiConsumer<PlainConnection, Envelope> atListener = (from, envelope) -> {};
  private volatile Consumer<PlainConnection> accepted = connection -> {};

  /** Listens on a free port. */
  public PlainTcp() throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(listening)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                initializer(
                    channel ->
                        PlainConnection.accepted(
                            channel,
                            (from, envelope) -> atListener.accept(from, envelope),
                            connection -> accepted.accept(connection))))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("no port for the yardstick", bound.cause());
    }
    listener = bound.channel();
  }

  /**
   * What to do with connections that come.
   *
   * @param receiver gets what they carry, on the listening end's event loop
   */
  public void accepting(Consumer<Envelope> receiver, Consumer<PlainConnection> greeted) {
    accepting((from, envelope) -> receiver.accept(envelope));
    accepted = greeted;
  }

  /** Who gets what connections that come carry, on the listening end's event loop. */
  public void accepting(BiConsumer<PlainConnection, Envelope> receiver) {
    atListener = receiver;
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Dials its own listener; everything is told on the dialling end's event loop.
   *
   * @param up when the other end has greeted back
   * @param down when the connection is gone
   */
  public void dial(Consumer<Envelope> receiver, Consumer<PlainConnection> up, Runnable down) {
    dial(listener.localAddress(), receiver, up, down);
  }

  /** Dials the listener of another; told as in {@link #dial(Consumer, Consumer, Runnable)}. */
  public void dial(
      SocketAddress to, Consumer<Envelope> receiver, Consumer<PlainConnection> up, Runnable down) {
    new Bootstrap()
        .group(dialling)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .handler(
            initializer(
                channel -> {
                  PlainConnection.dialled(channel, receiver, up);
                  channel.closeFuture().addListener(closed -> down.run());
                }))
        .connect(to);
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    dialling.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    listening.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static EventLoopGroup loop(String name) {
    return new MultiThreadIoEventLoopGroup(
        1,
        new io.netty.util.concurrent.DefaultThreadFactory(name, true),
        NioIoHandler.newFactory());
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
