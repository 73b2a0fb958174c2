package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is public of one draw but its leaves. Nothing in it depends on the shard or replica that
 * answers.
 *
 * @param phase where it stands, also while it is stalled
 * @param rules canonical JSON
 * @param rulesHash 32 bytes
 * @param build 32 bytes
 * @param parties ascending by name
 * @param closing position, time, size and root; empty before closing
 * @param outcome empty before the draw
 * @param carriedIn minor units; 0 before the draw
 * @param certified by whom and when; empty before
 * @param reason why it is void or disputed; else empty
 */
public record DrawDetail(
    DrawSummary summary,
    DrawState phase,
    Instant openedAt,
    String rules,
    Octets rulesHash,
    Octets build,
    List<PartySteps> parties,
    Optional<Closing> closing,
    Optional<DrawOutcome> outcome,
    long carriedIn,
    Optional<Certified> certified,
    String reason) {
  /**
   * The list at closing.
   *
   * @param position in the shard's ledger: every leaf's is smaller
   * @param root 32 bytes
   */
  public record Closing(long position, Instant at, long size, Octets root) {
    /** Writes all of it. */
    public void write(WireWriter out) {
      out.varint(position);
      Fields.instant(out, at);
      out.varint(size).raw(root.toBytes());
    }

    /** Reads what {@link #write} wrote. */
    public static Closing read(WireReader in) throws MalformedMessage {
      return new Closing(in.varint(), Fields.instant(in), in.varint(), Fields.octets(in, 32));
    }
  }

  /**
   * The auditor's word.
   *
   * @param signature over the bundle's certify text, 64 bytes
   */
  public record Certified(PartyName by, Instant at, Octets signature) {
    /** Writes all of it. */
    public void write(WireWriter out) {
      Fields.party(out, by);
      Fields.instant(out, at);
      out.raw(signature.toBytes());
    }

    /** Reads what {@link #write} wrote. */
    public static Certified read(WireReader in) throws MalformedMessage {
      return new Certified(Fields.party(in), Fields.instant(in), Fields.octets(in, 64));
    }
  }

  /** Copies. */
  public DrawDetail {
    parties = List.copyOf(parties);
  }

  /** The rules it was opened with. */
  public Rules parsedRules() {
    try {
      return Rules.fromJson(CanonicalJson.parseCanonical(rules.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonRefused refused) {
      throw new IllegalStateException("rules of " + summary.draw() + ": " + refused.getMessage());
    }
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    summary.write(out);
    out.u8(phase.ordinal());
    Fields.instant(out, openedAt);
    out.text(rules).raw(rulesHash.toBytes()).raw(build.toBytes());
    Fields.list(out, parties, (to, steps) -> steps.write(to));
    Fields.optional(out, closing, (to, closed) -> closed.write(to));
    Fields.optional(out, outcome, (to, drawn) -> drawn.write(to));
    out.varint(carriedIn);
    Fields.optional(out, certified, (to, word) -> word.write(to));
    out.text(reason);
  }

  /** Reads what {@link #write} wrote. */
  public static DrawDetail read(WireReader in) throws MalformedMessage {
    return new DrawDetail(
        DrawSummary.read(in),
        Fields.choice(in, DrawState.values()),
        Fields.instant(in),
        in.text(),
        Fields.octets(in, 32),
        Fields.octets(in, 32),
        Fields.list(in, 16, PartySteps::read),
        Fields.optional(in, Closing::read),
        Fields.optional(in, DrawOutcome::read),
        in.varint(),
        Fields.optional(in, Certified::read),
        in.text());
  }
}
