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
 * <p>On the wire it is full or brief: a brief one has only the last byte of the incarnation and of
 * the sequences, for a receiver who knows the rest (as QUIC shortens its numbers, RFC 9000 §17.1).
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
  private static final int LAST_BYTE = 0xff;

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

  /** For the wire, to one who has echoed one of the last few impulses of this process. */
  public Envelope brief() {
    return envelope(false);
  }

  private Envelope envelope(boolean full) {
    WireWriter out = new WireWriter(USUAL_LENGTH);
    out.u8((full ? FULL : 0) | (hearsMain ? HEARS_MAIN : 0) | (doubtful ? DOUBTFUL : 0));
    if (full) {
      out.varint(incarnation).varint(sequence).varint(heardSequence);
    } else {
      out.u8(lastByte(incarnation)).u8(lastByte(sequence)).u8(lastByte(heardSequence));
    }
    out.varint(loadPermille).varint(Math.min(AGE_MAX_MICROS, heardAge.toNanos() / 1_000));
    return new Envelope(HeartbeatKinds.IMPULSE, VERSION, out.toBytes());
  }

  /**
   * What a receiver knows, to read brief impulses by.
   *
   * @param incarnation of the sender as last heard, negative for none
   * @param heard the sequence last heard of it
   * @param sent the sequence last sent to it
   */
  public record Known(long incarnation, long heard, long sent) {
    /** Nothing was heard yet. */
    public static final Known NOTHING = new Known(-1, 0, 0);
  }

  /**
   * From the wire.
   *
   * @return empty for a brief one of a process that is not the known one
   * @throws MalformedMessage for any other kind, version, length or value
   */
  public static Optional<Impulse> of(Envelope envelope, Known known) throws MalformedMessage {
    if (envelope.kind() != HeartbeatKinds.IMPULSE || envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": expected an impulse of version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    int flags = in.u8();
    if (flags > (HEARS_MAIN | DOUBTFUL | FULL)) {
      throw new MalformedMessage("impulse with flags " + flags);
    }
    boolean full = (flags & FULL) != 0;
    long incarnation = full ? in.varint() : in.u8();
    long sequence = full ? in.varint() : next(in.u8(), known.heard);
    long heardSequence = full ? in.varint() : last(in.u8(), known.sent);
    int load = in.count(LOAD_MAX);
    long age = in.varint();
    in.done();
    if (age > AGE_MAX_MICROS) {
      throw new MalformedMessage("impulse with age " + age);
    }
    if (!full && (known.incarnation < 0 || lastByte(known.incarnation) != incarnation)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Impulse(
              sequence,
              full ? incarnation : known.incarnation,
              load,
              (flags & HEARS_MAIN) != 0,
              (flags & DOUBTFUL) != 0,
              heardSequence,
              Duration.ofNanos(age * 1_000L)));
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedMessage(String.valueOf(outOfRange.getMessage()));
    }
  }

  private static int lastByte(long number) {
    return (int) (number & LAST_BYTE);
  }

  // The nearest number with that last byte: a repeated one is seen to be old, half a round of lost
  // ones to be lost.
  private static long next(int lastByte, long heard) {
    long ahead = lastByte(lastByte - heard);
    return heard
        + (ahead <= LAST_BYTE / 2 || heard + ahead <= LAST_BYTE ? ahead : ahead - LAST_BYTE - 1);
  }

  // The last number sent with that last byte; one that was never sent is none.
  private static long last(int lastByte, long sent) {
    return Math.max(0, sent - lastByte(sent - lastByte));
  }
}
