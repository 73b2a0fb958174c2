package io.elottery.heartbeat.connection;

/** The kinds of envelope this module owns ({@code docs/formats/heartbeat.md}). */
public final class HeartbeatKinds {
  /** Listener to dialler: whom it has recognised; the connection may be used from here on. */
  public static final int WELCOME = 0x0100;

  /** An impulse between neighbours. */
  public static final int IMPULSE = 0x0101;

  /** Dialler to listener of a link: which link and which of its two connections this is. */
  public static final int LINK_HELLO = 0x0102;

  /** Nothing but a sign of life on a connection that had nothing else to say. */
  public static final int KEEPALIVE = 0x0103;

  /**
   * Either end of a link or trunk: nothing more comes on this connection, a newer one has its
   * place.
   */
  public static final int LINK_LAST = 0x0104;

  /** Dialler to listener of a trunk: a newer one comes that shall have this one's place. */
  public static final int TRUNK_RENEWS = 0x0105;

  private HeartbeatKinds() {}
}
