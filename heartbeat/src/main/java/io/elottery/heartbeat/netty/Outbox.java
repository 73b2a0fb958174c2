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
  private static final int TURN_BYTES = 256 << 10;

  private final Channel channel;
  private final long bytesMax;
  private final Queue<Envelope> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong pendingBytes = new AtomicLong();
  // True while a drain is due, or the channel's becoming writable will bring one.
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean draining; // on the event loop

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
    return scheduled.getAndSet(true) || scheduleDrain();
  }

  /** The channel's own buffer has room again, or has none any more. On the event loop. */
  void writabilityChanged() {
    if (channel.isWritable() && !draining && !waiting.isEmpty()) {
      drain();
    }
  }

  private boolean scheduleDrain() {
    try {
      channel.eventLoop().execute(this::drain);
      return true;
    } catch (RejectedExecutionException stopped) {
      return false;
    }
  }

  // A bounded part at a time: the loop's other connections, impulses among them, get their turn.
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
      // Whatever was added between the two lines above did not schedule.
      if (!waiting.isEmpty() && !scheduled.getAndSet(true)) {
        scheduleDrain();
      }
    } else if (channel.isWritable()) {
      scheduleDrain();
    }
  }

  private long writeSome() {
    ByteBuf together = channel.alloc().buffer();
    Envelope next = waiting.poll();
    while (next != null) {
      FrameDecoder.encode(next, together);
      next = together.writerIndex() < WRITE_TOGETHER ? waiting.poll() : null;
    }
    long bytes = together.readableBytes();
    channel.write(together).addListener(done -> pendingBytes.addAndGet(-bytes));
    return bytes;
  }
}
