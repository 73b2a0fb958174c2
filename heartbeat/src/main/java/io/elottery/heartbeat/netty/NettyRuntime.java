package io.elottery.heartbeat.netty;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of one JVM, shared by all nodes in it: over Linux's own epoll where Netty's
 * library for it can be loaded, over the JDK's selectors elsewhere. Any thread.
 */
public final class NettyRuntime implements Lifecycle {
  private static final long STOP_WAIT_SECONDS = 5;

  private final EventLoopGroup group;

  /**
   * @param threads event loops, 1 or more; trunks and links take one each
   */
  public NettyRuntime(int threads) {
    this(threads, Epoll.isAvailable());
  }

  NettyRuntime(int threads, boolean epoll) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory("net", true),
            epoll ? EpollIoHandler.newFactory() : WholeMillis.of(NioIoHandler.newFactory()));
  }

  @Override
  public void start() {
    // The loops start with their first task.
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, STOP_WAIT_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_WAIT_SECONDS, TimeUnit.SECONDS);
  }

  EventLoop nextLoop() {
    return group.next();
  }
}
