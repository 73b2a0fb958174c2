package io.elottery.keyvault.rotation;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * What main may do with keys without asking each time: first keys of new links, and rotating keys
 * of an age, so many links a day, until a day. Two officers give it, either takes it back.
 *
 * @param id the proposal that gave it; {@code founding} for that of a new network, which allows
 *     first keys only
 * @param proposedBy who proposed it
 * @param approvedBy who approved it
 * @param rotateAfter the age at which a key is rotated; zero = never
 * @param linksPerDay most links that begin in one day (UTC)
 * @param until when it ends
 * @param revokedBy the officer who took it back; empty while in force
 * @param day the day {@code used} counts for, in days since the epoch
 * @param used links begun on that day
 */
public record StandingApproval(
    String id,
    String proposedBy,
    String approvedBy,
    Duration rotateAfter,
    int linksPerDay,
    Instant until,
    String revokedBy,
    long day,
    int used) {
  private static final int FORMAT = 1;
  private static final String FOUNDING = "founding";
  private static final Duration DAY = Duration.ofDays(1);

  /** Checks the ranges. */
  public StandingApproval {
    if (rotateAfter.isNegative() || linksPerDay < 0 || used < 0) {
      throw new IllegalArgumentException("standing approval " + id + ": a number below 0");
    }
  }

  /** Of a network whose officers decided nothing yet: the links it was founded with get keys. */
  public static StandingApproval founding() {
    return new StandingApproval(
        FOUNDING,
        "init",
        "init",
        Duration.ZERO,
        Integer.MAX_VALUE,
        Instant.parse("9999-12-31T00:00:00Z"),
        "",
        0,
        0);
  }

  /** Whether it is a new network's own. */
  public boolean isFounding() {
    return id.equals(FOUNDING);
  }

  /** Whether main may act under it now. */
  public boolean isInForce(Instant now) {
    return revokedBy.isEmpty() && now.isBefore(until);
  }

  /** How many links may still begin today. */
  public int left(Instant now) {
    return isInForce(now) ? Math.max(0, linksPerDay - (day == day(now) ? used : 0)) : 0;
  }

  /** Whether a key of that age is due. */
  public boolean isDue(Instant madeAt, Instant now) {
    return isInForce(now) && !rotateAfter.isZero() && !now.isBefore(madeAt.plus(rotateAfter));
  }

  /** After so many more links began. */
  public StandingApproval using(int links, Instant now) {
    int before = day == day(now) ? used : 0;
    return copy(revokedBy, day(now), before + links);
  }

  /** Taken back. */
  public StandingApproval revoked(String officer) {
    return copy(officer, day, used);
  }

  private StandingApproval copy(String revoked, long onDay, int links) {
    return new StandingApproval(
        id, proposedBy, approvedBy, rotateAfter, linksPerDay, until, revoked, onDay, links);
  }

  private static long day(Instant now) {
    return now.getEpochSecond() / DAY.toSeconds();
  }

  /** As it is recorded. */
  public byte[] encoded() {
    return new WireWriter()
        .u8(FORMAT)
        .text(id)
        .text(proposedBy)
        .text(approvedBy)
        .i64(rotateAfter.toSeconds())
        .i32(linksPerDay)
        .i64(until.getEpochSecond())
        .text(revokedBy)
        .i64(day)
        .i32(used)
        .toBytes();
  }

  /** Reads it. */
  public static StandingApproval decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("standing approval: format " + format + " is not known");
    }
    try {
      StandingApproval read =
          new StandingApproval(
              in.text(),
              in.text(),
              in.text(),
              Duration.ofSeconds(in.i64()),
              in.i32(),
              Instant.ofEpochSecond(in.i64()),
              in.text(),
              in.i64(),
              in.i32());
      in.done();
      return read;
    } catch (IllegalArgumentException | java.time.DateTimeException outOfForm) {
      throw new MalformedMessage("standing approval: a field is out of its form");
    }
  }
}
