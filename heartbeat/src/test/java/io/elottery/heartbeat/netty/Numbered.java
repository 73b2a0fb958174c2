package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A stream of numbered messages over one connection of a link, and what is wrong with it. */
final class Numbered implements Receiver {
  private static final int UNDER_WAY = 1_000;

  final AtomicReference<String> wrong = new AtomicReference<>("");
  final AtomicInteger received = new AtomicInteger();
  private final int bodyBytes;
  private volatile int sent;
  private volatile boolean stops;

  Numbered(int bodyBytes) {
    this.bodyBytes = bodyBytes;
  }

  /** Sends until it is stopped. */
  Thread sendOver(Transport transport, NodeId to) {
    Thread thread =
        new Thread(
            () -> {
              int next = 0;
              while (!stops) {
                byte[] body = new WireWriter().i32(next).raw(new byte[bodyBytes]).toBytes();
                if (next - received.get() < UNDER_WAY
                    && transport.send(to, new Envelope(0x0500, 1, body))) {
                  next++;
                  sent = next;
                } else {
                  LockSupport.parkNanos(50_000);
                }
                if (next % 64 == 0) {
                  LockSupport.parkNanos(200_000);
                }
              }
            });
    thread.start();
    return thread;
  }

  void stop() {
    stops = true;
  }

  boolean isComplete() {
    return received.get() == sent;
  }

  int sent() {
    return sent;
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    int number = ByteBuffer.wrap(envelope.body()).getInt();
    int expected = received.getAndIncrement();
    if (number != expected) {
      wrong.compareAndSet("", "message " + number + " where " + expected + " was expected");
    }
  }
}
