package io.elottery.deploy.bench.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One end of a plain connection: the dialler greets, the listener greets back, then both send.
 * Envelopes are taken on any thread, written together on the event loop and flushed once.
 */
public final class PlainConnection extends SimpleChannelInboundHandler<Envelope> {
  private static final Envelope GREETING = new Envelope(0x0100, 1, new byte[32]);
  private static final int WRITE_TOGETHER = 64 << 10;
  private static final int TURN_BYTES = 256 << 10;

  private final Channel channel;
  private final boolean dialled;
  private final BiConsumer<PlainConnection, Envelope> receiver;
  private final Consumer<PlainConnection> up;
  private final Queue<Envelope> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean greeted; // on the event loop
  private boolean draining; // on the event loop

  private PlainConnection(
      Channel channel,
      boolean dialled,
      BiConsumer<PlainConnection, Envelope> receiver,
      Consumer<PlainConnection> up) {
    this.channel = channel;
    this.dialled = dialled;
    this.receiver = receiver;
    this.up = up;
  }

  static void dialled(Channel channel, Consumer<Envelope> receiver, Consumer<PlainConnection> up) {
    channel
        .pipeline()
        .addLast(
            new PlainFrames(),
            new PlainConnection(channel, true, (from, envelope) -> receiver.accept(envelope), up));
  }

  static void accepted(
      Channel channel,
      BiConsumer<PlainConnection, Envelope> receiver,
      Consumer<PlainConnection> up) {
    channel
        .pipeline()
        .addLast(new PlainFrames(), new PlainConnection(channel, false, receiver, up));
  }

  /** Hands an envelope over. Any thread. */
  public boolean send(Envelope envelope) {
    if (!channel.isActive()) {
      return false;
    }
    waiting.add(envelope);
    if (!scheduled.getAndSet(true)) {
      channel.eventLoop().execute(this::drain);
    }
    return true;
  }

  /** Hangs up. */
  public void close() {
    channel.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    if (dialled) {
      send(GREETING);
    }
    super.channelActive(ctx);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Envelope envelope) {
    if (greeted) {
      receiver.accept(this, envelope);
      return;
    }
    greeted = true;
    if (!dialled) {
      send(GREETING);
    }
    up.accept(this);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    if (channel.isWritable() && !draining && !waiting.isEmpty()) {
      drain();
    }
    super.channelWritabilityChanged(ctx);
  }

  private void drain() {
    draining = true;
    long written = 0;
    while (written < TURN_BYTES && channel.isWritable() && !waiting.isEmpty()) {
      written += writeSome();
    }
    channel.flush();
    draining = false;
    if (waiting.isEmpty()) {
      scheduled.set(false);
      if (!waiting.isEmpty() && !scheduled.getAndSet(true)) {
        channel.eventLoop().execute(this::drain);
      }
    } else if (channel.isWritable()) {
      channel.eventLoop().schedule(this::drain, 0, TimeUnit.NANOSECONDS);
    }
  }

  private long writeSome() {
    ByteBuf together = channel.alloc().buffer();
    Envelope next = waiting.poll();
    while (next != null) {
      PlainFrames.encode(next, together);
      next = together.writerIndex() < WRITE_TOGETHER ? waiting.poll() : null;
    }
    long bytes = together.readableBytes();
    channel.write(together);
    return bytes;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    channel.close();
  }
}
