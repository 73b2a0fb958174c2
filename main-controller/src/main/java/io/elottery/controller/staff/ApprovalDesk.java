package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.approval.ApprovalCommand;
import io.elottery.keyvault.approval.ApprovalDecision;
import io.elottery.keyvault.approval.Approvals;
import io.elottery.keyvault.approval.ApprovalsJson;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.vault.SignedRecords;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link ApprovedActions} of the main that acts for LEFT: what was proposed and approved is stored
 * before anybody is told, and what was approved is carried out, by the next leader if need be. On
 * main's loop.
 */
public final class ApprovalDesk implements ApprovedActions, Duty {
  private static final Logger log = LoggerFactory.getLogger(ApprovalDesk.class);
  private static final Duration EXPIRY = Duration.ofMinutes(1);
  private static final int ID_BYTES = 8;

  /**
   * What it needs.
   *
   * @param people the staff book's member of that name
   */
  public record Ports(
      NodeLoop loop,
      Supplier<SignedRecords> office,
      RandomSource random,
      AuditTrail audit,
      Function<String, Optional<StaffMember>> people) {}

  private final Ports ports;
  private final OfficeRecord<Approvals> record;
  private final Map<String, ActionHandler> handlers = new TreeMap<>();
  private final Errands errands;

  /** Nothing can be proposed until this main acts for LEFT. */
  public ApprovalDesk(Ports ports) {
    this.ports = ports;
    this.record =
        new OfficeRecord<>(
            new OfficeRecord.Ports(ports.office, ports.loop, ports.loop),
            ApprovalsJson.RECORD,
            Optional.of(Approvals.NONE),
            new OfficeRecord.Codec<>() {
              @Override
              public byte[] write(Approvals approvals) {
                return ApprovalsJson.write(approvals);
              }

              @Override
              public Approvals read(byte[] bytes) throws MalformedMessage {
                return ApprovalsJson.read(bytes);
              }
            });
    this.errands = new Errands(ports.loop, ports.audit, handlers, this::ended);
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    ports.loop.every(EXPIRY, this::expire);
    new ApprovalCalls(this).addTo(calls);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      errands.begin();
      record.begin(this::resume);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      errands.end();
      record.end();
    }
  }

  @Override
  public void on(String kind, ActionHandler handler) {
    handlers.put(kind, handler);
  }

  @Override
  public CompletableFuture<Proposal> propose(StaffMember who, String kind, ObjectNode action) {
    return record
        .change(
            now -> {
              Described described = handler(kind).describe(action);
              byte[] id = ports.random.bytes(ID_BYTES);
              return decided(
                  now,
                  new ApprovalCommand.Propose(
                      who,
                      "p-" + HexFormat.of().formatHex(id),
                      kind,
                      ProposalJson.canonical(action),
                      described.words(),
                      described.fingerprint()));
            })
        .thenCompose(
            changed -> {
              Proposal proposal = changed.about().get(0);
              return changed.proposals().isEmpty()
                  ? CompletableFuture.completedFuture(proposal)
                  : recorded(proposal, proposal.proposer(), "PROPOSED", proposal.words());
            });
  }

  @Override
  public CompletableFuture<StaffAnswer> proposeFor(
      StaffMember who, String kind, ObjectNode action) {
    return propose(who, kind, action)
        .thenApply(proposal -> StaffAnswer.accepted(ProposalJson.of(proposal)));
  }

  @Override
  public Optional<Proposal> proposal(String id) {
    return record.value().flatMap(approvals -> approvals.proposal(id));
  }

  /** All known proposals, the newest first. */
  List<Proposal> proposals() throws ActionRefused {
    return record.value().orElseThrow(StaffDesk::notReady).newestFirst();
  }

  /** A second officer agrees to what has this hash; it is carried out from then on. */
  CompletableFuture<Proposal> approve(StaffMember who, String id, String hash) {
    return record
        .change(
            now -> {
              Optional<Proposal> known = now.proposal(id);
              String fingerprint = "";
              if (known.isPresent() && known.get().state() == Proposal.State.PENDING) {
                fingerprint =
                    handler(known.get().kind())
                        .describe(ProposalJson.action(known.get()))
                        .fingerprint();
              }
              Optional<StaffMember> proposer =
                  known.flatMap(proposal -> ports.people.apply(proposal.proposer()));
              return decided(
                  now, new ApprovalCommand.Approve(who, id, hash, proposer, fingerprint));
            })
        .thenApply(
            changed -> {
              Proposal proposal = changed.about().get(0);
              if (!changed.proposals().isEmpty()) {
                errands.run(proposal, "APPROVED");
              }
              return proposal;
            });
  }

  /** An officer does not agree. */
  CompletableFuture<Proposal> reject(StaffMember who, String id, String reason) {
    return record
        .change(now -> decided(now, new ApprovalCommand.Reject(who, id, reason)))
        .thenCompose(changed -> recorded(changed.about().get(0), who.name(), "REJECTED", reason));
  }

  /** What only its proposer is shown. */
  CompletableFuture<ObjectNode> forProposer(Proposal proposal) {
    return Optional.ofNullable(handlers.get(proposal.kind()))
        .map(handler -> handler.forProposer(proposal))
        .orElseGet(() -> CompletableFuture.failedFuture(unknownKind(proposal.kind())));
  }

  private void resume() {
    record.value().stream()
        .flatMap(approvals -> approvals.newestFirst().stream())
        .filter(proposal -> proposal.state() == Proposal.State.APPROVED)
        .forEach(proposal -> errands.run(proposal, "RESUMED"));
  }

  private CompletableFuture<Proposal> ended(String id, boolean done, String why) {
    return record
        .change(now -> decided(now, new ApprovalCommand.End(id, done, why)))
        .thenApply(changed -> changed.about().get(0));
  }

  private void expire() {
    if (record.value().isEmpty()) {
      return;
    }
    record
        .change(now -> decided(now, new ApprovalCommand.Expire()))
        .whenComplete(
            (changed, problem) -> {
              if (changed == null) {
                log.debug("proposals not expired, tried again soon: {}", String.valueOf(problem));
                return;
              }
              changed.proposals().forEach(this::expired);
            });
  }

  private void expired(Proposal proposal) {
    ports.audit.recordLater(
        new AuditEntry(
            proposal.proposer(), "", proposal.kind(), proposal.id(), proposal.why(), "EXPIRED"));
  }

  // Stored is stored: where the trail does not answer, the entry follows later.
  private CompletableFuture<Proposal> recorded(
      Proposal proposal, String who, String result, String detail) {
    AuditEntry entry = new AuditEntry(who, "", proposal.kind(), proposal.id(), detail, result);
    return ports
        .audit
        .record(entry)
        .handle(
            (stored, problem) -> {
              if (problem != null) {
                ports.audit.recordLater(entry);
              }
              return proposal;
            });
  }

  private OfficeRecord.Outcome<Approvals, ApprovalDecision.Changed> decided(
      Approvals now, ApprovalCommand command) throws ActionRefused {
    Verdict verdict =
        now.decide(command, ports.loop.time().now())
            .match(
                new ApprovalDecision.Cases<>() {
                  @Override
                  public Verdict changed(ApprovalDecision.Changed changed) {
                    return () ->
                        new OfficeRecord.Outcome<>(
                            changed.proposals().isEmpty() ? now : now.apply(changed), changed);
                  }

                  @Override
                  public Verdict refused(ApprovalDecision.Refused refused) {
                    return () -> {
                      throw new ActionRefused(
                          refused.status(), refused.code(), refused.detail(), "");
                    };
                  }
                });
    return verdict.outcome();
  }

  private interface Verdict {
    OfficeRecord.Outcome<Approvals, ApprovalDecision.Changed> outcome() throws ActionRefused;
  }

  private ActionHandler handler(String kind) throws ActionRefused {
    ActionHandler handler = handlers.get(kind);
    if (handler == null) {
      throw unknownKind(kind);
    }
    return handler;
  }

  private static ActionRefused unknownKind(String kind) {
    return ActionRefused.conflict("UNKNOWN_KIND", "This main carries out nothing called " + kind);
  }
}
