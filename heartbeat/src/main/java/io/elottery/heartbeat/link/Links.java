package io.elottery.heartbeat.link;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.transport.Transport;

/**
 * The links of one worker: TLS 1.3 under a pre-shared key of each pair, two connections each.
 *
 * <p>No pair's key opens another pair's link. Any thread.
 */
public interface Links extends Lifecycle {
  /**
   * Keeps the link: the lower id dials both connections now and whenever one is lost, the higher
   * one accepts them. Without a key in {@link PairKeys} it waits for one.
   *
   * @param other where the other end listens; the dialling end dials it, the accepting end only
   *     touches it (a bare connection without a byte) to prove a death after a connection was lost
   */
  void open(LinkId link, Address other);

  /** Closes the link and accepts it no more. */
  void close(LinkId link);

  /** The work connections of all links of a purpose. */
  Transport work(Purpose purpose);

  /** The impulse connections of the neighbour links. */
  Transport impulses();

  /**
   * Where other workers reach this one; the real port where 0 was asked for.
   *
   * @throws IllegalStateException before the start
   */
  Address listening();

  /** Whether that connection of the link is up now. */
  boolean up(LinkId link, Channel channel);
}
