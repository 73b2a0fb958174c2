package io.elottery.foundation.transport;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;

/** Takes one-way envelopes of one kind, on the switchboard's loop. */
@FunctionalInterface
public interface OneWay {
  /**
   * Takes one envelope. Must not wait.
   *
   * @throws MalformedMessage when it is not what it claims to be: nothing has changed then, and the
   *     switchboard drops, counts and logs it
   */
  void received(Peer from, Envelope envelope) throws MalformedMessage;
}
