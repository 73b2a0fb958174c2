package io.elottery.heartbeat.impulse;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import java.time.Duration;
import java.util.Optional;

/**
 * One heartbeat. It carries what was last heard from its receiver and how long ago, so that no
 * separate answer is needed.
 *
 * <p>On the wire it is full or short: a short one has only the last two bytes of the incarnation,
 * for a receiver who is known to know the rest.
 *
 * @param sequence of the sender's impulses to this neighbour, from 1
 * @param incarnation of the sender's process; a greater one is a later start
 * @param loadPermille how busy the sender is, 0 … 1000
 * @param hearsMain whether a main answers the sender
 * @param doubtful whether the sender's own timers are late: it casts no vote
 * @param heardSequence the receiver's last impulse that was heard, 0 for none
 * @param heardAge how long ago that was, whole microseconds, below an hour
 */
public record Impulse(
    long sequence,
    long incarnation,
    int loadPermille,
    boolean hearsMain,
    boolean doubtful,
    long heardSequence,
    Duration heardAge) {
  private static final int VERSION = 2;
  private static final int USUAL_LENGTH = 16;
  private static final int LOAD_MAX = 1000;
  // A thousand years of impulses: sums of what is below never overflow.
  private static final long SEQUENCE_MAX = 1L << 48;
  private static final long AGE_MAX_MICROS = Integer.MAX_VALUE;
  private static final int HEARS_MAIN = 1;
  private static final int DOUBTFUL = 2;
  private static final int FULL = 4;
  private static final int TAG = 0xffff;

  /** Checks the ranges. */
  public Impulse {
    if (sequence < 1
        || sequence > SEQUENCE_MAX
        || incarnation < 0
        || heardSequence < 0
        || heardSequence > SEQUENCE_MAX
        || heardAge.isNegative()) {
      throw new IllegalArgumentException(
          "impulse "
              + sequence
              + " of "
              + incarnation
              + " after "
              + heardSequence
              + " "
              + heardAge
              + ": out of range");
    }
    if (loadPermille < 0 || loadPermille > LOAD_MAX) {
      throw new IllegalArgumentException("load " + loadPermille + ": expected 0 … " + LOAD_MAX);
    }
  }

  /** For the wire, to one who may know nothing of this process. */
  public Envelope full() {
    return envelope(true);
  }

  /** For the wire, to one who has said that it heard this process. */
  public Envelope brief() {
    return envelope(false);
  }

  private Envelope envelope(boolean full) {
    WireWriter out = new WireWriter(USUAL_LENGTH);
    out.u8((full ? FULL : 0) | (hearsMain ? HEARS_MAIN : 0) | (doubtful ? DOUBTFUL : 0));
    if (full) {
      out.varint(incarnation);
    } else {
      out.u16((int) (incarnation & TAG));
    }
    out.varint(sequence).varint(loadPermille).varint(heardSequence);
    out.varint(Math.min(AGE_MAX_MICROS, heardAge.toNanos() / 1_000));
    return new Envelope(HeartbeatKinds.IMPULSE, VERSION, out.toBytes());
  }

  /**
   * From the wire.
   *
   * @param known the sender's incarnation as last heard, negative for none
   * @return empty for a short one of another process than that
   * @throws MalformedMessage for any other kind, version, length or value
   */
  public static Optional<Impulse> of(Envelope envelope, long known) throws MalformedMessage {
    if (envelope.kind() != HeartbeatKinds.IMPULSE || envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": expected an impulse of version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    int flags = in.u8();
    if (flags > (HEARS_MAIN | DOUBTFUL | FULL)) {
      throw new MalformedMessage("impulse with flags " + flags);
    }
    boolean full = (flags & FULL) != 0;
    long incarnation = full ? in.varint() : in.u16();
    long sequence = in.varint();
    int load = in.count(LOAD_MAX);
    long heardSequence = in.varint();
    long age = in.varint();
    in.done();
    if (age > AGE_MAX_MICROS) {
      throw new MalformedMessage("impulse with age " + age);
    }
    boolean isKnown = full || (known >= 0 && (known & TAG) == incarnation);
    try {
      Impulse impulse =
          new Impulse(
              sequence,
              full || !isKnown ? incarnation : known,
              load,
              (flags & HEARS_MAIN) != 0,
              (flags & DOUBTFUL) != 0,
              heardSequence,
              Duration.ofNanos(age * 1_000L));
      return isKnown ? Optional.of(impulse) : Optional.empty();
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedMessage(String.valueOf(outOfRange.getMessage()));
    }
  }
}
