package io.elottery.foundation.lifecycle;

/** Something that is started once and stopped once. {@link #close()} is safe to call twice. */
public interface Lifecycle extends AutoCloseable {
  /** Starts it; returns when it serves or throws what prevents that. */
  void start();

  /** Stops it and waits, bounded, until its threads and sockets are gone. */
  @Override
  void close();
}
