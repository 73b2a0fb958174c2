package io.elottery.deploy.bench.peers.plain;

import io.elottery.deploy.bench.peers.Members;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Nothing but the packets: the bytes of a sealed impulse over a plain connection to each of two
 * neighbours every interval, and as many back, each member on a thread of its own. No greeting, no
 * keys, nothing read, judged or reported. What it costs is what the system and Netty take for it,
 * and so the floor for whoever sends as often over TCP.
 */
public final class PlainMembers implements Members {
  private static final int LED = 2; // it dials and begins with these, and answers two others
  private static final int SEALED_IMPULSE = 36; // bytes

  private final List<EventLoopGroup> loops = new ArrayList<>();
  private AtomicIntegerArray heard = new AtomicIntegerArray(0);

  @Override
  public String how() {
    return "plain TCP, the bytes of impulses to and from 4 neighbours, nothing else";
  }

  @Override
  public void start(int count, Duration interval) throws InterruptedException {
    heard = new AtomicIntegerArray(count);
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
      loops.add(loop);
      ServerBootstrap server =
          new ServerBootstrap()
              .group(loop)
              .channel(EpollServerSocketChannel.class)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(handler(i, true));
      Channel listening = server.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
      addresses.add((InetSocketAddress) listening.localAddress());
    }
    for (int i = 0; i < count; i++) {
      for (int step = 1; step <= LED; step++) {
        dial(i, addresses.get((i + step) % count), interval, step);
      }
    }
  }

  private void dial(int member, InetSocketAddress to, Duration interval, int step)
      throws InterruptedException {
    EventLoopGroup loop = loops.get(member);
    Channel channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(handler(member, false))
            .connect(to)
            .sync()
            .channel();
    loop.next()
        .scheduleAtFixedRate(
            () -> channel.writeAndFlush(impulse(channel), channel.voidPromise()),
            interval.toNanos() * step / LED,
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private ChannelInitializer<Channel> handler(int member, boolean answers) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new Heard(member, answers));
      }
    };
  }

  private static ByteBuf impulse(Channel channel) {
    return channel.alloc().buffer(SEALED_IMPULSE).writeZero(SEALED_IMPULSE);
  }

  @Override
  public boolean complete() {
    for (int i = 0; i < heard.length(); i++) {
      if (heard.get(i) < 2 * LED) {
        return false;
      }
    }
    return heard.length() > 0;
  }

  @Override
  public void close() {
    loops.forEach(loop -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  private final class Heard extends ChannelInboundHandlerAdapter {
    private final int member;
    private final boolean answers;

    Heard(int member, boolean answers) {
      this.member = member;
      this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ((ByteBuf) message).release();
      heard.incrementAndGet(member);
      if (answers) {
        context.writeAndFlush(impulse(context.channel()), context.voidPromise());
      }
    }
  }
}
