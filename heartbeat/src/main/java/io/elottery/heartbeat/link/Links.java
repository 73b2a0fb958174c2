package io.elottery.heartbeat.link;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.transport.Transport;
import java.util.concurrent.CompletableFuture;

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

  /**
   * Moves the link to this epoch, which {@link PairKeys} answers for by now. The dialling end opens
   * new connections under {@link PairKeys#sendEpoch} that take over before the old ones end: no
   * message is lost, doubled or overtaken by a later one, and the listener hears of no {@code down}
   * or {@code up}. Tried until it succeeds. Ends what {@link #cut} began.
   *
   * @return completes on a connection's thread once both connections run under the epoch; cancelled
   *     when the link is closed or cut first, or asked to move to another epoch
   */
  CompletableFuture<Void> rekey(LinkId link, int epoch);

  /** Ends what still runs under older epochs, and accepts them no more. */
  void retire(LinkId link, int oldestEpoch);

  /**
   * Ends all connections of the link at once, whatever waits on them, and refuses new ones until
   * {@link #open} or {@link #rekey} is called again.
   *
   * @return completes on a connection's thread when nothing is left
   */
  CompletableFuture<Void> cut(LinkId link);

  /** The oldest epoch a connection of the link runs under now; 0 while none is up. */
  int epoch(LinkId link);

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
