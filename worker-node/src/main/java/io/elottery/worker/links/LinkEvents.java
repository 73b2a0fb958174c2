package io.elottery.worker.links;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.worker.shards.Replicas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what becomes of links from the connections' thread to who wants to know: impulses and
 * calls of neighbours on the supervision loop, replicas of a dead server at once.
 */
public final class LinkEvents implements LinkListener {
  private static final Logger log = LoggerFactory.getLogger(LinkEvents.class);

  private final NodeId self;
  private final NodeLoop loop;
  private final ImpulseExchange impulses;
  private final Switchboard neighbours;
  private final Replicas replicas;

  /**
   * @param loop the supervision loop
   * @param neighbours calls over the work connections of neighbour links
   */
  public LinkEvents(
      NodeId self,
      NodeLoop loop,
      ImpulseExchange impulses,
      Switchboard neighbours,
      Replicas replicas) {
    this.self = self;
    this.loop = loop;
    this.impulses = impulses;
    this.neighbours = neighbours;
    this.replicas = replicas;
  }

  @Override
  public void up(LinkId link, Channel channel) {
    if (link.purpose() == Purpose.NEIGHBOUR && channel == Channel.IMPULSE) {
      post(() -> impulses.connected(link.other(self)));
    }
  }

  @Override
  public void down(LinkId link, Channel channel, String why) {
    if (link.purpose() != Purpose.NEIGHBOUR) {
      return;
    }
    NodeId other = link.other(self);
    if (channel == Channel.IMPULSE) {
      post(() -> impulses.disconnected(other));
    } else {
      post(() -> neighbours.disconnected(other));
    }
  }

  @Override
  public void refusedReconnect(LinkId link) {
    NodeId other = link.other(self);
    if (link.purpose() == Purpose.NEIGHBOUR) {
      post(() -> impulses.refusedReconnect(other));
    } else {
      // Two that share a shard need not be neighbours: the replica link is then the only witness.
      replicas.suspect(other);
    }
  }

  private void post(Runnable task) {
    if (!loop.post(task)) {
      log.error("{}: an event of a link was lost, {} tasks wait", loop.name(), loop.queued());
    }
  }
}
