package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One open link. On the event loop, except {@link #send}, {@link #isUp} and {@link #epoch}. */
final class LinkState {
  private static final int CHANNELS = Channel.values().length;

  /** What the dialling end keeps of one of the two connections. */
  static final class Dial {
    private final Backoff backoff;
    private final Backoff overBackoff;
    // A connection is being made, or is there.
    boolean isUnderWay;
    // One that shall take over is being made.
    boolean isOverUnderWay;
    // A timer will look whether one is needed.
    boolean isOverDue;
    // The next attempt's epoch; 0 for the newest.
    int fallback;

    private Dial(LinkConfig config) {
      backoff = new Backoff(config.retryFirst(), config.retryMax());
      overBackoff = new Backoff(config.retryFirst(), config.retryMax());
    }

    Backoff backoff() {
      return backoff;
    }

    /** Pauses between attempts to take over. */
    Backoff overBackoff() {
      return overBackoff;
    }
  }

  private final LinkId id;
  // Written on the event loop, read by senders on any thread.
  private final AtomicReferenceArray<@Nullable LinkHandler> up =
      new AtomicReferenceArray<>(CHANNELS);
  // Connections that were replaced and have not ended yet.
  private final @Nullable LinkHandler[] leaving = new LinkHandler[CHANNELS];
  private final List<Dial> dials = new ArrayList<>();
  private final Backoff touching;
  private Address other;
  private boolean everUp;
  private boolean touchUnderWay;
  private boolean cut;
  private int oldestEpoch;
  private int toldEpoch;
  private int wantedEpoch;
  private CompletableFuture<Void> wanted = new CompletableFuture<>();

  LinkState(LinkId id, Address other, LinkConfig config) {
    this.id = id;
    this.other = other;
    for (int i = 0; i < CHANNELS; i++) {
      dials.add(new Dial(config));
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
    Outbox.Taken taken = connection == null ? Outbox.Taken.NO : connection.send(envelope);
    while (taken == Outbox.Taken.MOVED) {
      connection = up.get(channel.ordinal());
      taken = connection == null ? Outbox.Taken.NO : connection.send(envelope);
    }
    return taken == Outbox.Taken.YES;
  }

  boolean isUp(Channel channel) {
    return up.get(channel.ordinal()) != null;
  }

  /** The oldest epoch in use; 0 while nothing is up. Any thread. */
  int epoch() {
    int oldest = 0;
    for (int i = 0; i < CHANNELS; i++) {
      LinkHandler connection = up.get(i);
      if (connection != null && (oldest == 0 || connection.epoch() < oldest)) {
        oldest = connection.epoch();
      }
    }
    return oldest;
  }

  /** Whether both connections run under the epoch. */
  boolean runs(int epoch) {
    LinkHandler impulse = current(Channel.IMPULSE);
    LinkHandler work = current(Channel.WORK);
    return impulse != null && work != null && impulse.epoch() == epoch && work.epoch() == epoch;
  }

  /** The epoch both connections have come to run under since this was asked last; 0 for none. */
  int newlyRunning() {
    int epoch = epoch();
    if (epoch == 0 || epoch == toldEpoch || !runs(epoch)) {
      return 0;
    }
    toldEpoch = epoch;
    return epoch;
  }

  @Nullable LinkHandler current(Channel channel) {
    return up.get(channel.ordinal());
  }

  @Nullable LinkHandler leaving(Channel channel) {
    return leaving[channel.ordinal()];
  }

  /** Puts the connection in place. */
  void up(Channel channel, LinkHandler connection) {
    everUp = true;
    up.set(channel.ordinal(), connection);
  }

  /** Puts the connection in place of another, which leaves. */
  void takeOver(Channel channel, LinkHandler connection, LinkHandler old) {
    leaving[channel.ordinal()] = old;
    up.set(channel.ordinal(), connection);
  }

  /** The replaced connection has ended. */
  void left(Channel channel) {
    leaving[channel.ordinal()] = null;
  }

  /** Takes away what is there; returns what was up. */
  @Nullable LinkHandler down(Channel channel) {
    toldEpoch = 0;
    return up.getAndSet(channel.ordinal(), null);
  }

  boolean wasEverUp() {
    return everUp;
  }

  Dial dial(Channel channel) {
    return dials.get(channel.ordinal());
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

  /** Whether a connection under that epoch may be. */
  boolean admits(int epoch) {
    return !cut && epoch >= oldestEpoch;
  }

  boolean isCut() {
    return cut;
  }

  void cut(boolean now) {
    cut = now;
    if (now) {
      wanted.cancel(false);
    }
  }

  void retire(int oldest) {
    oldestEpoch = Math.max(oldestEpoch, oldest);
  }

  /** Who waits for another epoch waits in vain from here on. */
  CompletableFuture<Void> want(int epoch) {
    if (wantedEpoch != epoch || wanted.isDone()) {
      wanted.cancel(false);
      wantedEpoch = epoch;
      wanted = new CompletableFuture<>();
    }
    return wanted;
  }

  /** The link runs under the epoch. */
  void running(int epoch) {
    if (epoch == wantedEpoch) {
      wanted.complete(null);
    }
  }

  void noLongerWanted() {
    wanted.cancel(false);
  }
}
