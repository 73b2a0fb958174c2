package io.elottery.keyvault.approval;

import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything proposed, and what became of it. Immutable.
 *
 * <pre>
 *            ┌─ approve ─► APPROVED ─ end ─► DONE | FAILED
 *   PENDING ─┼─ reject ──► REJECTED
 *            └─ 24 hours ► EXPIRED
 * </pre>
 *
 * <p>Guarantees: what is APPROVED was proposed by one officer and approved, unaltered, by another
 * person who is an officer, within {@link #VALIDITY}.
 *
 * @param proposals by id
 */
public record Approvals(SortedMap<String, Proposal> proposals) {
  /** How long a proposal can be approved. */
  public static final Duration VALIDITY = Duration.ofHours(24);

  /** Proposals that may be open at once. */
  public static final int OPEN_MAX = 20;

  /** Bytes of an action, and of its words. */
  public static final int TEXT_MAX = 6 << 10;

  /** Nothing. */
  public static final Approvals NONE = new Approvals(new TreeMap<>());

  private static final int ENDED_MAX = 200;
  private static final int ENDED_BYTES_MAX = 96 << 10;

  /** Copies. */
  public Approvals {
    proposals = Collections.unmodifiableSortedMap(new TreeMap<>(proposals));
  }

  /** The proposal. */
  public Optional<Proposal> proposal(String id) {
    return Optional.ofNullable(proposals.get(id));
  }

  /** All of them, the newest first. */
  public List<Proposal> newestFirst() {
    return proposals.values().stream()
        .sorted(Comparator.comparing(Proposal::at).reversed().thenComparing(Proposal::id))
        .toList();
  }

  /** What the command leads to; changes nothing yet. */
  public ApprovalDecision decide(ApprovalCommand command, Instant now) {
    return command.match(new Decide(now));
  }

  /** With the proposals as they stand now; ended ones are forgotten when they become many. */
  public Approvals apply(ApprovalDecision.Changed changed) {
    SortedMap<String, Proposal> next = new TreeMap<>(proposals);
    changed.proposals().forEach(proposal -> next.put(proposal.id(), proposal));
    int kept = 0;
    int bytes = 0;
    for (Proposal proposal : new Approvals(next).newestFirst()) {
      if (!proposal.state().isOpen()) {
        kept++;
        bytes += size(proposal.action()) + size(proposal.words()) + size(proposal.why());
        if (kept > ENDED_MAX || bytes > ENDED_BYTES_MAX) {
          next.remove(proposal.id());
        }
      }
    }
    return new Approvals(next);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ApprovalDecision refused(String code, String detail) {
    return new ApprovalDecision.Refused(409, code, detail);
  }

  private final class Decide implements ApprovalCommand.Cases<ApprovalDecision> {
    private final Instant now;

    Decide(Instant now) {
      this.now = now;
    }

    @Override
    public ApprovalDecision propose(ApprovalCommand.Propose ask) {
      if (!ask.who().is(StaffRole.OFFICER)) {
        return notAnOfficer(ask.who());
      }
      if (size(ask.action()) > TEXT_MAX || size(ask.words()) > TEXT_MAX) {
        return new ApprovalDecision.Refused(
            422, "TOO_LONG", "At most " + TEXT_MAX + " bytes can be proposed at once.");
      }
      String hash = Proposal.hash(ask.kind(), ask.action(), ask.words(), ask.fingerprint());
      Optional<Proposal> same =
          proposals.values().stream()
              .filter(one -> isOpen(one) && one.hash().equals(hash))
              .findFirst();
      if (same.isPresent()) {
        return same.get().proposer().equals(ask.who().name())
            ? ApprovalDecision.Changed.already(same.get())
            : refused(
                "ALREADY_PROPOSED",
                same.get().id() + " of " + same.get().proposer() + " proposes just that.");
      }
      if (proposals.values().stream().filter(this::isOpen).count() >= OPEN_MAX) {
        return refused(
            "TOO_MANY_OPEN", OPEN_MAX + " proposals are open; approve or reject some first.");
      }
      return ApprovalDecision.Changed.to(
          new Proposal(
              ask.id(),
              ask.kind(),
              ask.action(),
              ask.words(),
              ask.fingerprint(),
              ask.who().name(),
              now,
              now.plus(VALIDITY),
              Proposal.State.PENDING,
              "",
              now,
              ""));
    }

    @Override
    public ApprovalDecision approve(ApprovalCommand.Approve ask) {
      Proposal proposal = proposals.get(ask.id());
      if (proposal == null) {
        return unknown(ask.id());
      }
      if (!ask.who().is(StaffRole.OFFICER)) {
        return notAnOfficer(ask.who());
      }
      if (ask.who().name().equals(proposal.proposer())) {
        return refused("SAME_PERSON", "Nobody approves an own proposal.");
      }
      Optional<StaffMember> proposer = ask.proposer();
      if (proposer.filter(one -> one.is(StaffRole.OFFICER)).isEmpty()) {
        return refused(
            "PROPOSER_GONE", proposal.proposer() + ", who proposed it, is no officer any more.");
      }
      if (ask.who().samePerson(proposer.get())) {
        return refused(
            "SAME_PERSON",
            ask.who().name() + " and " + proposal.proposer() + " are one person: it takes two.");
      }
      if (!proposal.hash().equals(ask.hash())) {
        return refused("OTHER_HASH", "What was shown is not what is proposed; look at it again.");
      }
      if (proposal.state() != Proposal.State.PENDING) {
        boolean again =
            proposal.state() != Proposal.State.REJECTED
                && proposal.approver().equals(ask.who().name());
        return again ? ApprovalDecision.Changed.already(proposal) : notPending(proposal);
      }
      if (!now.isBefore(proposal.until())) {
        return refused("EXPIRED", "It could be approved until " + proposal.until() + ".");
      }
      if (!proposal.fingerprint().equals(ask.fingerprint())) {
        return refused(
            "CHANGED", "It would do something else now than when it was proposed; propose again.");
      }
      return ApprovalDecision.Changed.to(
          proposal.decided(Proposal.State.APPROVED, ask.who().name(), now, ""));
    }

    @Override
    public ApprovalDecision reject(ApprovalCommand.Reject ask) {
      Proposal proposal = proposals.get(ask.id());
      if (proposal == null) {
        return unknown(ask.id());
      }
      if (!ask.who().is(StaffRole.OFFICER)) {
        return notAnOfficer(ask.who());
      }
      return proposal.state() == Proposal.State.PENDING
          ? ApprovalDecision.Changed.to(
              proposal.decided(Proposal.State.REJECTED, ask.who().name(), now, ask.reason()))
          : notPending(proposal);
    }

    @Override
    public ApprovalDecision end(ApprovalCommand.End ask) {
      Proposal proposal = proposals.get(ask.id());
      if (proposal == null) {
        return unknown(ask.id());
      }
      Proposal.State state = ask.done() ? Proposal.State.DONE : Proposal.State.FAILED;
      return proposal.state() == Proposal.State.APPROVED
          ? ApprovalDecision.Changed.to(
              proposal.decided(state, proposal.approver(), proposal.decidedAt(), ask.why()))
          : notPending(proposal);
    }

    @Override
    public ApprovalDecision expire(ApprovalCommand.Expire ask) {
      List<Proposal> expired =
          proposals.values().stream()
              .filter(one -> one.state() == Proposal.State.PENDING)
              .filter(one -> !now.isBefore(one.until()))
              .map(
                  one -> one.decided(Proposal.State.EXPIRED, "", now, "nobody approved it in time"))
              .toList();
      return new ApprovalDecision.Changed(expired, expired);
    }

    private boolean isOpen(Proposal proposal) {
      return proposal.state().isOpen()
          && (proposal.state() == Proposal.State.APPROVED || now.isBefore(proposal.until()));
    }

    private ApprovalDecision notPending(Proposal proposal) {
      return refused("NOT_PENDING", proposal.id() + " is " + proposal.state() + " already.");
    }

    private ApprovalDecision unknown(String id) {
      return new ApprovalDecision.Refused(404, "NOT_FOUND", "There is no proposal " + id + ".");
    }

    private ApprovalDecision notAnOfficer(StaffMember who) {
      return new ApprovalDecision.Refused(
          403, "NOT_ALLOWED", who.name() + " is not an officer; this takes two of them.");
    }
  }
}
