package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.PskIdentity;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What the parts of {@link NettyLinks} share. On the event loop, except where something is said.
 */
final class LinkContext {
  /** Who gets what comes, and is told what becomes of links. */
  record Listeners(Receiver work, Receiver impulses, LinkListener links) {}

  final NodeId self;
  final LinkConfig config;
  final PairKeys keys;
  final EventLoop loop;
  final TlsCrypto crypto;
  final Logger log;
  final Refusals refusals;
  // Written on the event loop, read by senders on any thread.
  private final Map<LinkId, LinkState> links = new ConcurrentHashMap<>();
  private final Listeners listeners;
  private boolean closed;

  LinkContext(
      NodeId self,
      LinkConfig config,
      PairKeys keys,
      Listeners listeners,
      EventLoop loop,
      TlsCrypto crypto,
      Logger log) {
    this.self = self;
    this.config = config;
    this.keys = keys;
    this.listeners = listeners;
    this.loop = loop;
    this.crypto = crypto;
    this.log = log;
    this.refusals = new Refusals(log);
  }

  LinkListener listener() {
    return listeners.links;
  }

  /** Any thread. */
  @Nullable LinkState state(LinkId link) {
    return links.get(link);
  }

  LinkState opened(LinkState fresh) {
    LinkState known = links.putIfAbsent(fresh.id(), fresh);
    return known == null ? fresh : known;
  }

  @Nullable LinkState removed(LinkId link) {
    return links.remove(link);
  }

  boolean isClosed() {
    return closed;
  }

  /** Nothing that ends from here on is news about the others. */
  void closed() {
    closed = true;
    links.values().forEach(LinkState::noLongerWanted);
    links.clear();
  }

  boolean dials(LinkId link) {
    return link.low().equals(self);
  }

  boolean isWanted(LinkState state) {
    return !closed && links.get(state.id()) == state;
  }

  /** The key under which a dialler may come here. */
  Optional<byte[]> keyOf(PskIdentity identity) {
    LinkId link = identity.link();
    LinkState state = links.get(link);
    return state != null && link.high().equals(self) && state.admits(identity.epoch())
        ? keys.psk(link, identity.epoch(), identity.text())
        : Optional.empty();
  }

  void received(LinkHello hello, Envelope envelope) {
    Peer from = new Peer(hello.link().other(self), Role.WORKER);
    Receiver receiver = hello.channel() == Channel.WORK ? listeners.work : listeners.impulses;
    receiver.received(from, envelope);
  }

  /** Whether it is the work connection of a link whose impulse connection is up. */
  boolean hasImpulses(LinkHandler connection) {
    LinkHello hello = connection.hello();
    LinkState state = hello == null || hello.channel() != Channel.WORK ? null : state(hello.link());
    return state != null && state.isUp(Channel.IMPULSE);
  }

  /** Takes the connection down, with the one it replaced, and tells of it. */
  void end(LinkState state, Channel channel, String why) {
    LinkHandler connection = state.down(channel);
    LinkHandler leaving = state.leaving(channel);
    state.left(channel);
    if (leaving != null) {
      leaving.close(why);
    }
    if (connection != null) {
      connection.close(why);
      log.info("{}: link {} {} up → down: {}", self, state.id(), channel, why);
      listener().down(state.id(), channel, why);
    }
  }

  /** Tells once when both connections have come to the same epoch. */
  void tellRunning(LinkState state) {
    int epoch = state.newlyRunning();
    if (epoch > 0) {
      listener().running(state.id(), epoch);
      state.running(epoch);
    }
  }
}
