package io.elottery.keyvault.rotation;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A rotation of links, wave by wave, as it is recorded.
 *
 * @param id the proposal or the standing approval's run that it carries out
 * @param scope in words
 * @param proposedBy who proposed it
 * @param approvedBy who approved it
 * @param begunAt when it began
 * @param state how far it is
 * @param why what stopped it, in words; empty otherwise
 * @param waves its links in order
 */
public record RotationPlan(
    String id,
    String scope,
    String proposedBy,
    String approvedBy,
    Instant begunAt,
    State state,
    String why,
    List<List<RotationLine>> waves) {
  private static final int FORMAT = 1;
  private static final int WAVES_MAX = 10_000;

  /** How far a plan is. */
  public enum State {
    /** Going on. */
    RUNNING,
    /** Every link is done. */
    DONE,
    /** Stopped at the first red; what had begun is brought to its end, nothing more begins. */
    STOPPED
  }

  /** Checks and copies. */
  public RotationPlan {
    waves = waves.stream().map(List::copyOf).toList();
  }

  /** A plan about to begin. */
  public static RotationPlan of(
      String id,
      String scope,
      String proposedBy,
      String approvedBy,
      Instant now,
      List<List<LinkName>> waves) {
    return new RotationPlan(
        id,
        scope,
        proposedBy,
        approvedBy,
        now,
        State.RUNNING,
        "",
        waves.stream().map(wave -> wave.stream().map(RotationLine::pending).toList()).toList());
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** All its lines, in order. */
  public List<RotationLine> lines() {
    return waves.stream().flatMap(List::stream).toList();
  }

  /** How many lines are so far. */
  public long count(RotationLine.State how) {
    return lines().stream().filter(line -> line.state() == how).count();
  }

  RotationPlan with(State how, String because, List<List<RotationLine>> then) {
    return new RotationPlan(id, scope, proposedBy, approvedBy, begunAt, how, because, then);
  }

  /** As it is recorded. */
  public byte[] encoded() {
    WireWriter out =
        new WireWriter()
            .u8(FORMAT)
            .text(id)
            .text(scope)
            .text(proposedBy)
            .text(approvedBy)
            .i64(begunAt.toEpochMilli())
            .text(state.name())
            .text(why)
            .varint(waves.size());
    for (List<RotationLine> wave : waves) {
      out.varint(wave.size());
      for (RotationLine line : wave) {
        out.text(line.link().text()).i32(line.target()).text(line.state().name()).text(line.why());
      }
    }
    return out.toBytes();
  }

  /** Reads it. */
  public static RotationPlan decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("rotation plan: format " + format + " is not known");
    }
    try {
      RotationPlan plan =
          new RotationPlan(
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              Instant.ofEpochMilli(in.i64()),
              State.valueOf(in.text()),
              in.text(),
              readWaves(in));
      in.done();
      return plan;
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("rotation plan: a field is out of its form");
    }
  }

  private static List<List<RotationLine>> readWaves(WireReader in) throws MalformedMessage {
    List<List<RotationLine>> waves = new ArrayList<>();
    for (int left = in.count(WAVES_MAX); left > 0; left--) {
      List<RotationLine> wave = new ArrayList<>();
      for (int lines = in.count(WAVES_MAX); lines > 0; lines--) {
        wave.add(
            new RotationLine(
                LinkName.parse(in.text()),
                in.i32(),
                RotationLine.State.valueOf(in.text()),
                in.text()));
      }
      waves.add(wave);
    }
    return waves;
  }
}
