package io.elottery.worker.links;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;

/**
 * Trunks on which this worker also reaches itself: one that writes two shards speaks from one to
 * the other in the same way as from worker to worker. Any thread.
 */
public final class OwnVoice implements Transport {
  private final Peer self;
  private final Transport trunks;
  private final Receiver ownEars;

  /**
   * @param ownEars takes what comes over trunks, on any thread
   */
  public OwnVoice(NodeId self, Transport trunks, Receiver ownEars) {
    this.self = new Peer(self, Role.WORKER);
    this.trunks = trunks;
    this.ownEars = ownEars;
  }

  @Override
  public boolean send(NodeId to, Envelope envelope) {
    if (to.equals(self.id())) {
      ownEars.received(self, envelope);
      return true;
    }
    return trunks.send(to, envelope);
  }
}
