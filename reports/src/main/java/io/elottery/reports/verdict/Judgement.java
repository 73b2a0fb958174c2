package io.elottery.reports.verdict;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A verdict with its evidence.
 *
 * @param hemisphere who judges
 * @param since when the verdict became what it is
 * @param behind the host, zone, data centre or hemisphere that hides the server
 */
public record Judgement(
    NodeId worker,
    Hemisphere hemisphere,
    Verdict verdict,
    Instant since,
    Optional<String> behind,
    List<Evidence> evidence) {
  private static final int EVIDENCE_MAX = 1_000;

  /** Copies the evidence, unless it is still to be put into words. */
  public Judgement {
    evidence = evidence instanceof LateEvidence ? evidence : List.copyOf(evidence);
  }

  /** The evidence in one line, for logs and causes of orders. */
  public String because() {
    StringJoiner line = new StringJoiner("; ");
    evidence.forEach(piece -> line.add(piece.sentence()));
    return line.toString();
  }

  /** Writes it as bytes ({@code docs/formats/reports.md}). */
  public void writeTo(WireWriter out) {
    out.text(worker.name())
        .u8(hemisphere.ordinal())
        .u8(verdict.ordinal())
        .i64(since.toEpochMilli())
        .text(behind.orElse(""))
        .varint(evidence.size());
    for (Evidence piece : evidence) {
      out.text(piece.observer()).u8(piece.claim().ordinal()).text(piece.sentence());
    }
  }

  /** Reads {@link #writeTo}. */
  public static Judgement readFrom(WireReader in) throws MalformedMessage {
    try {
      NodeId worker = NodeId.of(in.text());
      Hemisphere hemisphere = pick(Hemisphere.values(), in.u8());
      Verdict verdict = pick(Verdict.values(), in.u8());
      Instant since = Instant.ofEpochMilli(in.i64());
      String behind = in.text();
      int count = in.count(EVIDENCE_MAX);
      List<Evidence> evidence = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        evidence.add(new Evidence(in.text(), pick(Evidence.Claim.values(), in.u8()), in.text()));
      }
      return new Judgement(
          worker,
          hemisphere,
          verdict,
          since,
          behind.isEmpty() ? Optional.empty() : Optional.of(behind),
          evidence);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("judgement: " + wrong.getMessage());
    }
  }

  private static <T> T pick(T[] values, int index) throws MalformedMessage {
    if (index >= values.length) {
      throw new MalformedMessage("judgement: code " + index + ": at most " + (values.length - 1));
    }
    return values[index];
  }
}
