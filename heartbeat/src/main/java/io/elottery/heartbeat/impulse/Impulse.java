package io.elottery.heartbeat.impulse;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import java.time.Duration;

/**
 * One heartbeat. It carries what was last heard from its receiver and how long ago, so that no
 * separate answer is needed.
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
  private static final int VERSION = 1;
  private static final int LENGTH = 31;
  private static final int LOAD_MAX = 1000;
  // A thousand years of impulses: sums of what is below never overflow.
  private static final long SEQUENCE_MAX = 1L << 48;
  private static final int AGE_MAX_MICROS = Integer.MAX_VALUE;
  private static final int HEARS_MAIN = 1;
  private static final int DOUBTFUL = 2;

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

  /** For the wire. */
  public Envelope toEnvelope() {
    long age = Math.min(AGE_MAX_MICROS, heardAge.toNanos() / 1_000);
    byte[] body =
        new WireWriter(LENGTH)
            .i64(sequence)
            .i64(incarnation)
            .u16(loadPermille)
            .u8((hearsMain ? HEARS_MAIN : 0) | (doubtful ? DOUBTFUL : 0))
            .i64(heardSequence)
            .i32((int) age)
            .toBytes();
    return new Envelope(HeartbeatKinds.IMPULSE, VERSION, body);
  }

  /**
   * From the wire.
   *
   * @throws MalformedMessage for any other kind, version, length or value
   */
  public static Impulse of(Envelope envelope) throws MalformedMessage {
    if (envelope.kind() != HeartbeatKinds.IMPULSE || envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": expected an impulse of version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    long sequence = in.i64();
    long incarnation = in.i64();
    int load = in.u16();
    int flags = in.u8();
    long heardSequence = in.i64();
    int age = in.i32();
    in.done();
    if (flags > (HEARS_MAIN | DOUBTFUL) || age < 0) {
      throw new MalformedMessage("impulse with flags " + flags + ", age " + age);
    }
    try {
      return new Impulse(
          sequence,
          incarnation,
          load,
          (flags & HEARS_MAIN) != 0,
          (flags & DOUBTFUL) != 0,
          heardSequence,
          Duration.ofNanos(age * 1_000L));
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedMessage(String.valueOf(outOfRange.getMessage()));
    }
  }
}
