package io.elottery.foundation.simulation;

import io.elottery.foundation.id.Peer;

/** Told when connections of a server come and go; as on a network thread: post to a loop. */
public interface Connections {
  /** Nobody wants to know. */
  Connections UNHEARD =
      new Connections() {
        @Override
        public void connected(Peer peer) {}

        @Override
        public void disconnected(Peer peer) {}
      };

  /** Envelopes can be sent to the peer from now on. */
  void connected(Peer peer);

  /** They no longer can. */
  void disconnected(Peer peer);

  /** The peer's machine answered that nobody listens; only {@link SimStreams} tells. */
  default void refused(Peer peer) {}
}
