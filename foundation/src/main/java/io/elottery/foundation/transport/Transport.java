package io.elottery.foundation.transport;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;

/**
 * Sends envelopes to other servers.
 *
 * <p>Implementers and callers must not assume that a message taken arrives, arrives once, or
 * arrives in order; whoever needs that asks for an answer ({@link Switchboard#call}). May be called
 * on any thread and never waits.
 */
public interface Transport {
  /**
   * Hands the envelope over for sending.
   *
   * @return false when it was certainly not sent: nobody is connected, or the queue is full
   */
  boolean send(NodeId to, Envelope envelope);
}
