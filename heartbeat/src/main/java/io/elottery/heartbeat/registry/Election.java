package io.elottery.heartbeat.registry;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;

/**
 * Who leads which hemisphere.
 *
 * <p>At most one server holds a hemisphere's seat in the registry at a time. That alone does not
 * stop one that was elected earlier and was cut off: what it does is refused by its older fence. A
 * server that leads one hemisphere takes the other only while nobody else stands for it, and hands
 * one of the two over when somebody does. Leadership ends with the session, or by {@link #resign}.
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
   * Who stands for the hemisphere, its leader included, longest first; as last seen, so at most a
   * second or so old while connected.
   */
  List<NodeId> candidates(Hemisphere hemisphere);
}
