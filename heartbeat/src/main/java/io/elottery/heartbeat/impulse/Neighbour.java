package io.elottery.heartbeat.impulse;

import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.detector.FailureDetector;
import io.elottery.heartbeat.detector.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** All that is kept about one neighbour. On the loop of the exchange. */
final class Neighbour {
  private static final double OVERDUE_GAPS = 1.15; // more than jitter, soon enough to be of use
  private static final int SENT_KEPT = 64; // impulses whose sending time is remembered
  private static final int ECHO_LAG_MAX = 3; // impulses it may be behind and still "hears me"

  private final NodeId id;
  private final FailureDetector detector;
  private final long[] sentAt = new long[SENT_KEPT];
  private long sequence; // of the last impulse sent
  private boolean saidOverdue; // since it was last heard
  private long triedNanos; // when it was, or could not be
  private long sentNanos;
  private long heard;
  private long lost;
  private long incarnation = -1;
  private long heardSequence; // the last one of this incarnation
  private long heardAt;
  private Duration roundTrip = Duration.ZERO;
  private boolean hearsMain;
  private boolean hearsMe;
  private int load;
  private boolean connected;
  private Suspicion suspicion = Suspicion.TRUSTED;
  private Instant since;

  Neighbour(NodeId id, DetectorConfig config, long now, Instant wall) {
    this.id = id;
    this.detector = new FailureDetector(config, now);
    this.since = wall;
    this.triedNanos = now;
    this.sentNanos = now - config.interval().toNanos();
  }

  /** To read its brief impulses by. */
  Impulse.Known known() {
    return new Impulse.Known(incarnation, heardSequence, sequence);
  }

  /** Whether its last impulse echoed one of the last few sent to it. */
  boolean hearsMe() {
    return hearsMe;
  }

  /**
   * When its next impulse is so late that main should look; empty once that was said, or closed.
   */
  OptionalLong overdueAt() {
    return saidOverdue || !connected
        ? OptionalLong.empty()
        : OptionalLong.of(detector.silentAt(OVERDUE_GAPS));
  }

  /** Whether that was said since it was last heard. */
  boolean isOverdue() {
    return saidOverdue;
  }

  /** It was said. */
  void saidOverdue() {
    saidOverdue = true;
  }

  /** When an impulse for it was last made, sent or not. */
  long triedAt() {
    return triedNanos;
  }

  /** When one was last handed over; an interval ago or more before the first. */
  long sentAt() {
    return sentNanos;
  }

  void tried(long now) {
    triedNanos = now;
  }

  Impulse next(long now, long ownIncarnation, SelfState self, boolean doubtful) {
    return new Impulse(
        sequence + 1,
        ownIncarnation,
        self.loadPermille(),
        self.hearsMain(),
        doubtful,
        heardSequence,
        heardSequence == 0 ? Duration.ZERO : Duration.ofNanos(now - heardAt));
  }

  /** The impulse of {@link #next} was handed over. */
  void sent(long now) {
    sequence++;
    sentNanos = now;
    sentAt[(int) (sequence % SENT_KEPT)] = now;
  }

  /** False for an impulse of an earlier process or a repeated one: dropped. */
  boolean received(Impulse impulse, long now) {
    if (impulse.incarnation() < incarnation
        || (impulse.incarnation() == incarnation && impulse.sequence() <= heardSequence)) {
      return false;
    }
    if (impulse.incarnation() > incarnation) {
      incarnation = impulse.incarnation();
    } else {
      lost += impulse.sequence() - heardSequence - 1;
    }
    heardSequence = impulse.sequence();
    heardAt = now;
    heard++;
    saidOverdue = false;
    hearsMain = impulse.hearsMain();
    load = impulse.loadPermille();
    echo(impulse, now);
    detector.heard(now);
    return true;
  }

  private void echo(Impulse impulse, long now) {
    long echoed = impulse.heardSequence();
    hearsMe = echoed > 0 && echoed <= sequence && sequence - echoed <= ECHO_LAG_MAX;
    if (echoed > 0 && echoed <= sequence && sequence - echoed < SENT_KEPT) {
      long nanos = now - sentAt[(int) (echoed % SENT_KEPT)] - impulse.heardAge().toNanos();
      roundTrip = Duration.ofNanos(Math.max(0, nanos));
    }
  }

  void connected(long now) {
    connected = true;
    saidOverdue = false;
    detector.connected(now);
  }

  void disconnected() {
    connected = false;
    hearsMe = false;
    detector.disconnected();
  }

  void refusedReconnect() {
    detector.refusedReconnect();
  }

  void forgive(long now, long pauseNanos) {
    detector.forgive(now, pauseNanos);
  }

  /** Judges anew; tells the listener when the judgement changed. */
  void judge(long now, Instant wall, boolean doubtful, SuspicionListener listener) {
    Suspicion from = suspicion;
    Suspicion to = detector.judge(now, doubtful);
    if (from != to) {
      suspicion = to;
      since = wall;
      String because = to == Suspicion.TRUSTED ? "heard again" : detector.because(now);
      listener.changed(id, from, to, because);
    }
  }

  NeighbourView view(long now) {
    return new NeighbourView(
        id,
        sequence,
        heard,
        lost,
        roundTrip,
        suspicion,
        detector.silence(now),
        since,
        hearsMain,
        connected,
        detector.isRefused(),
        hearsMe,
        load);
  }
}
