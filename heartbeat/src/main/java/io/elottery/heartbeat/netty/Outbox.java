package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to leave on one connection. Envelopes are taken on any thread, written together on the
 * connection's event loop and flushed once, so that small ones share TLS records. Bounded by bytes.
 */
final class Outbox {
  private static final int WRITE_TOGETHER = 64 << 10;

  private final Channel channel;
  private final long bytesMax;
  private final Queue<Envelope> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Outbox(Channel channel, long bytesMax) {
    this.channel = channel;
    this.bytesMax = bytesMax;
  }

  /** False when the connection is closed or too much waits already. */
  boolean send(Envelope envelope) {
    long size = FrameDecoder.HEADER + envelope.body().length;
    if (!channel.isActive()) {
      return false;
    }
    if (pendingBytes.addAndGet(size) > bytesMax) {
      pendingBytes.addAndGet(-size);
      return false;
    }
    waiting.add(envelope);
    if (scheduled.compareAndSet(false, true)) {
      try {
        channel.eventLoop().execute(this::drain);
      } catch (RejectedExecutionException stopped) {
        return false;
      }
    }
    return true;
  }

  private void drain() {
    // Before polling: whatever is added from here on schedules again.
    scheduled.set(false);
    Envelope next = waiting.poll();
    while (next != null) {
      ByteBuf together = channel.alloc().buffer(FrameDecoder.HEADER + next.body().length);
      while (next != null && together.writerIndex() < WRITE_TOGETHER) {
        FrameDecoder.encode(next, together);
        next = waiting.poll();
      }
      long bytes = together.writerIndex();
      channel.write(together).addListener(done -> pendingBytes.addAndGet(-bytes));
    }
    channel.flush();
  }
}
