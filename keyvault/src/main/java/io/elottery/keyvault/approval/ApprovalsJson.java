package io.elottery.keyvault.approval;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The bytes of all proposals, as they are signed: canonical JSON, format 1. */
public final class ApprovalsJson {
  /** The signed record's name. */
  public static final String RECORD = "proposals";

  private static final int FORMAT = 1;

  private ApprovalsJson() {}

  /** The bytes. */
  public static byte[] write(Approvals approvals) {
    List<Json> items =
        approvals.proposals().values().stream().map(ApprovalsJson::proposal).toList();
    return CanonicalJson.write(Json.fields().with("format", FORMAT).with("proposals", items));
  }

  /** Reads what {@link #write} wrote. */
  public static Approvals read(byte[] bytes) throws MalformedMessage {
    try {
      FieldReader in = FieldReader.of("proposals", CanonicalJson.parse(bytes));
      in.number("format", FORMAT, FORMAT);
      TreeMap<String, Proposal> proposals = new TreeMap<>();
      for (Json item : in.items("proposals")) {
        Proposal proposal = proposal(FieldReader.of("proposal", item));
        proposals.put(proposal.id(), proposal);
      }
      in.done();
      return new Approvals(proposals);
    } catch (JsonRefused | IllegalArgumentException | DateTimeException malformed) {
      throw new MalformedMessage(String.valueOf(malformed.getMessage()));
    }
  }

  private static Json proposal(Proposal proposal) {
    return Json.fields()
        .with("action", proposal.action())
        .with("approver", proposal.approver())
        .with("at", proposal.at().toString())
        .with("decidedAt", proposal.decidedAt().toString())
        .with("fingerprint", proposal.fingerprint())
        .with("id", proposal.id())
        .with("kind", proposal.kind())
        .with("proposer", proposal.proposer())
        .with("state", proposal.state().name())
        .with("until", proposal.until().toString())
        .with("why", proposal.why())
        .with("words", proposal.words());
  }

  private static Proposal proposal(FieldReader in) throws JsonRefused {
    Proposal proposal =
        new Proposal(
            in.text("id"),
            in.text("kind"),
            in.text("action"),
            in.text("words"),
            in.text("fingerprint"),
            in.text("proposer"),
            Instant.parse(in.text("at")),
            Instant.parse(in.text("until")),
            Proposal.State.valueOf(in.text("state")),
            in.text("approver"),
            Instant.parse(in.text("decidedAt")),
            in.text("why"));
    in.done();
    return proposal;
  }
}
