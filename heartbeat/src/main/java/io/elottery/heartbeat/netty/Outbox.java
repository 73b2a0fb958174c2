package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to leave on one connection. Envelopes are taken on any thread, written together on the
 * connection's event loop and flushed once, so that small ones share TLS records. Bounded by bytes.
 */
final class Outbox {
  /** What became of an envelope. */
  enum Taken {
    /** It will leave, unless the connection breaks. */
    YES,
    /** Not taken: closed, or too much waits already. */
    NO,
    /** Not taken: the connection was replaced, the newer one is to be asked. */
    MOVED
  }

  private static final Envelope LAST = new Envelope(HeartbeatKinds.LINK_LAST, 1, new byte[0]);
  private static final int WRITE_TOGETHER = 64 << 10;
  private static final int TURN_BYTES = 256 << 10;

  private final Channel channel;
  private final long bytesMax;
  private final Queue<Envelope> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong pendingBytes = new AtomicLong();
  // True while a drain is due, or the channel's becoming writable will bring one.
  private final AtomicBoolean scheduled = new AtomicBoolean();
  // No more is taken; set on the event loop.
  private volatile @Nullable Runnable finished;
  private boolean draining; // on the event loop
  private boolean lastWritten; // on the event loop

  Outbox(Channel channel, long bytesMax) {
    this.channel = channel;
    this.bytesMax = bytesMax;
  }

  /** Takes it, if it can. Any thread. */
  Taken send(Envelope envelope) {
    long size = FrameDecoder.size(envelope);
    long pending = pendingBytes.addAndGet(size);
    // Counted before the look: whoever finishes waits until all that is counted has left.
    if (finished != null) {
      pendingBytes.addAndGet(-size);
      execute(this::lastIfDue);
      return Taken.MOVED;
    }
    if (!channel.isActive() || pending > bytesMax) {
      pendingBytes.addAndGet(-size);
      return Taken.NO;
    }
    waiting.add(envelope);
    return scheduled.getAndSet(true) || execute(this::drain) ? Taken.YES : Taken.NO;
  }

  /**
   * Takes no more; once all that was taken has left, {@link HeartbeatKinds#LINK_LAST} follows it.
   * On the event loop.
   *
   * @param left run on the event loop when that has left, too; never when the connection breaks
   */
  void finish(Runnable left) {
    finished = left;
    lastIfDue();
  }

  private void lastIfDue() {
    Runnable left = finished;
    if (left == null || lastWritten || pendingBytes.get() > 0) {
      return;
    }
    lastWritten = true;
    ByteBuf last = channel.alloc().buffer();
    FrameDecoder.encode(LAST, last);
    channel
        .writeAndFlush(last)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                left.run();
              }
            });
  }

  /** The channel's own buffer has room again, or has none any more. On the event loop. */
  void writabilityChanged() {
    if (channel.isWritable() && !draining && !waiting.isEmpty()) {
      drain();
    }
  }

  private boolean execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
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
        execute(this::drain);
      }
    } else if (channel.isWritable()) {
      // As a timer that is due, not as a task: the loop looks at its sockets before those, while
      // tasks that bring tasks keep it from them for up to a second.
      channel.eventLoop().schedule(this::drain, 0, TimeUnit.NANOSECONDS);
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
    channel.write(together).addListener(done -> left(bytes));
    return bytes;
  }

  private void left(long bytes) {
    pendingBytes.addAndGet(-bytes);
    lastIfDue();
  }
}
