package io.elottery.heartbeat.link;

/** Told what becomes of links. Called on a connection's thread, in order; must not wait. */
public interface LinkListener {
  /** Both ends proved the pair's key on this connection. */
  void up(LinkId link, Channel channel);

  /**
   * The connection is gone.
   *
   * @param why for the log
   */
  void down(LinkId link, Channel channel, String why);

  /**
   * A link that was up is down, and the other end's machine refused a new connection: the process
   * there is gone. May be told several times.
   */
  void refusedReconnect(LinkId link);

  /** Both connections of the link have come to run under this epoch of the key. */
  default void running(LinkId link, int epoch) {}
}
