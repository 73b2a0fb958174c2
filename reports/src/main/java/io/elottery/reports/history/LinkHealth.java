package io.elottery.reports.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * How one direction of a link was for a while, as its first end said.
 *
 * @param reports that spoke of it
 * @param sent impulses of the first end
 * @param heard impulses of the other end that came
 * @param lost impulses of the other end that did not
 * @param closedMillis without a connection
 * @param oneWayMillis connected and heard, without being heard itself
 * @param silentMillis connected, and the other end suspected or dead
 */
public record LinkHealth(
    Spread roundTrip,
    int reports,
    long sent,
    long heard,
    long lost,
    long closedMillis,
    long oneWayMillis,
    long silentMillis,
    long knownMillis) {
  /** Nothing known. */
  public static final LinkHealth NONE = new LinkHealth(Spread.NONE, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Both times, one after the other. */
  public LinkHealth plus(LinkHealth later) {
    return new LinkHealth(
        roundTrip.plus(later.roundTrip),
        reports + later.reports,
        sent + later.sent,
        heard + later.heard,
        lost + later.lost,
        closedMillis + later.closedMillis,
        oneWayMillis + later.oneWayMillis,
        silentMillis + later.silentMillis,
        knownMillis + later.knownMillis);
  }

  /** Of the impulses that should have come, the share lost; 0 … 1. */
  public double lossShare() {
    long all = heard + lost;
    return all <= 0 ? 0 : (double) lost / all;
  }

  /** How it was, in one word. */
  public Colour colour() {
    if (knownMillis == 0) {
      return Colour.NONE;
    }
    long bad = closedMillis + silentMillis;
    if (bad * RED_SHARE > knownMillis || lossShare() > RED_LOSS) {
      return Colour.RED;
    }
    return bad > 0 || oneWayMillis > 0 || lossShare() > YELLOW_LOSS ? Colour.YELLOW : Colour.GREEN;
  }

  /** Of two accounts of the same time by two mains the fuller one. */
  LinkHealth fuller(LinkHealth other) {
    return other.reports > reports ? other : this;
  }

  void writeTo(WireWriter out) {
    roundTrip.writeTo(out);
    out.varint(reports)
        .varint(sent)
        .varint(heard)
        .varint(lost)
        .varint(closedMillis)
        .varint(oneWayMillis)
        .varint(silentMillis)
        .varint(knownMillis);
  }

  static LinkHealth readFrom(WireReader in) throws MalformedMessage {
    return new LinkHealth(
        Spread.readFrom(in),
        in.count(Integer.MAX_VALUE),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint());
  }

  // Closed or silent for more than a tenth of the time, or one impulse in five lost.
  private static final int RED_SHARE = 10;
  private static final double RED_LOSS = 0.2;
  private static final double YELLOW_LOSS = 0.02;

  /** What a matrix shows. */
  public enum Colour {
    /** Well. */
    GREEN,
    /** Some loss, heard one way only, or closed for a short while. */
    YELLOW,
    /** Closed or silent for long, or a lot lost. */
    RED,
    /** Nothing known. */
    NONE
  }
}
