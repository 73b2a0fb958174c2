package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One open link. On the event loop, except {@link #send} and {@link #isUp}. */
final class LinkState {
  private static final int CHANNELS = Channel.values().length;

  private final LinkId id;
  // Written on the event loop, read by senders on any thread.
  private final AtomicReferenceArray<@Nullable LinkHandler> up =
      new AtomicReferenceArray<>(CHANNELS);
  private final Backoff[] backoffs = new Backoff[CHANNELS];
  private final boolean[] underWay = new boolean[CHANNELS];
  private final Backoff touching;
  private Address other;
  private boolean everUp;
  private boolean touchUnderWay;

  LinkState(LinkId id, Address other, LinkConfig config) {
    this.id = id;
    this.other = other;
    for (int i = 0; i < CHANNELS; i++) {
      backoffs[i] = new Backoff(config.retryFirst(), config.retryMax());
    }
    touching = new Backoff(config.retryFirst(), config.retryMax());
  }

  LinkId id() {
    return id;
  }

  Address other() {
    return other;
  }

  void other(Address newer) {
    other = newer;
  }

  boolean send(Channel channel, Envelope envelope) {
    LinkHandler connection = up.get(channel.ordinal());
    return connection != null && connection.send(envelope);
  }

  boolean isUp(Channel channel) {
    return up.get(channel.ordinal()) != null;
  }

  boolean isDown() {
    return !isUp(Channel.IMPULSE) && !isUp(Channel.WORK);
  }

  /** Puts the connection in place; returns the one it replaces. */
  @Nullable LinkHandler up(Channel channel, LinkHandler connection) {
    everUp = true;
    return up.getAndSet(channel.ordinal(), connection);
  }

  /** Takes the connection away; false when another has its place already. */
  boolean down(Channel channel, LinkHandler connection) {
    return up.compareAndSet(channel.ordinal(), connection, null);
  }

  /** Takes away whatever is there. */
  @Nullable LinkHandler down(Channel channel) {
    return up.getAndSet(channel.ordinal(), null);
  }

  boolean wasEverUp() {
    return everUp;
  }

  Backoff backoff(Channel channel) {
    return backoffs[channel.ordinal()];
  }

  boolean isUnderWay(Channel channel) {
    return underWay[channel.ordinal()];
  }

  void underWay(Channel channel, boolean now) {
    underWay[channel.ordinal()] = now;
  }

  Backoff touching() {
    return touching;
  }

  boolean isTouchUnderWay() {
    return touchUnderWay;
  }

  void touchUnderWay(boolean now) {
    touchUnderWay = now;
  }
}
