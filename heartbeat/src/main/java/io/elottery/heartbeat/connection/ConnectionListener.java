package io.elottery.heartbeat.connection;

import io.elottery.foundation.id.Peer;

/**
 * Told who is connected. Called on a connection's thread, in order; must not wait: post to a loop.
 *
 * <p>A newer connection that takes the place of an older one between the same two servers is told
 * as {@code disconnected}, then {@code connected}.
 */
public interface ConnectionListener {
  /** Both ends have authenticated each other and either may send. */
  void connected(Peer peer);

  /**
   * The connection is gone.
   *
   * @param why for the log
   */
  void disconnected(Peer peer, String why);
}
