package io.elottery.deploy.bench.peers;

import java.time.Duration;

/** Servers that watch each other, all in one JVM, over the loopback device. One thread. */
public interface Members extends AutoCloseable {
  /** How they watch, for the table. */
  String how();

  /** Starts so many of them, a sign of life every interval. */
  void start(int count, Duration interval) throws Exception;

  /** Whether all know all they should, now. */
  boolean complete();

  @Override
  void close();
}
