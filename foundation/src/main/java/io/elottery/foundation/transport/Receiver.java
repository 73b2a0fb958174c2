package io.elottery.foundation.transport;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.wire.Envelope;

/** Takes envelopes from other servers, already authenticated. Says on which thread it is called. */
@FunctionalInterface
public interface Receiver {
  /** Takes one envelope. Must not wait. */
  void received(Peer from, Envelope envelope);
}
