package io.elottery.heartbeat.registry;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who leads which hemisphere.
 *
 * <p>At most one server holds a hemisphere's seat in the registry at a time, and a seat is taken
 * together with a fence higher than all before, in one step. That alone does not stop one that was
 * elected earlier and was cut off: what it does is refused by its older fence. A server that leads
 * one hemisphere takes the other only while nobody else stands for it, and hands one of the two
 * over when somebody does. Leadership ends with the session, by {@link #resign} or by {@link
 * #handOver}.
 *
 * <p>May be called on any thread and never waits.
 */
public interface Election {
  /**
   * Stands for the hemisphere until {@link #resign}, also after losing and regaining the session.
   * Standing already, only the listener is replaced.
   */
  void stand(Hemisphere hemisphere, ElectionListener listener);

  /** Stands no more; gives the seat up if it has it. */
  void resign(Hemisphere hemisphere);

  /**
   * This server doubts its leadership: it is deposed, and elected again only under a newer fence
   * and only if the seat is still its own.
   */
  void renew(Hemisphere hemisphere);

  /**
   * Some server reports a fence higher than the registry ever gave out: a leader whose seat is
   * still its own goes on under a number above that.
   */
  void fenceSeen();

  /**
   * Gives the seat up so that the named one gets it before all others, if it stands; this server
   * goes on standing. It is deposed before the seat is given up.
   *
   * @return false when this server does not lead; fails when the registry did not answer, and then
   *     the seat may or may not have been given up
   */
  CompletableFuture<Boolean> handOver(Hemisphere hemisphere, NodeId to);

  /**
   * Who stands for the hemisphere, its leader included, longest first; as last seen, so at most a
   * second or so old while connected.
   */
  List<NodeId> candidates(Hemisphere hemisphere);
}
