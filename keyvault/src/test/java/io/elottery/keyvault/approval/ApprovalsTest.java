package io.elottery.keyvault.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.keyvault.approval.Proposal.State;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final StaffMember ADA = member("officer1", "Ada Lovelace", StaffRole.OFFICER);
  private static final StaffMember ADA_TOO = member("ada", "ada lovelace.", StaffRole.OFFICER);
  private static final StaffMember GRACE = member("officer2", "Grace Hopper", StaffRole.OFFICER);
  private static final StaffMember EMMY = member("auditor", "Emmy Noether", StaffRole.AUDITOR);

  private Approvals approvals = Approvals.NONE;

  @Test
  void aSecondOfficerApprovesWhatWasShown() {
    Proposal proposal = proposed("p-1", "rotate");

    assertThat(code(approve(GRACE, proposal, proposal.hash(), NOW))).isEmpty();

    Proposal approved = approvals.proposal("p-1").orElseThrow();
    assertThat(approved.state()).isEqualTo(State.APPROVED);
    assertThat(approved.approver()).isEqualTo("officer2");
    assertThat(code(approve(GRACE, proposal, proposal.hash(), NOW))).isEmpty();
    run(new ApprovalCommand.End("p-1", true, "12 keys"), NOW);
    assertThat(approvals.proposal("p-1").orElseThrow().state()).isEqualTo(State.DONE);
  }

  @Test
  void nobodyApprovesAnOwnProposalUnderWhateverName() {
    Proposal proposal = proposed("p-1", "rotate");

    assertThat(code(approve(ADA, proposal, proposal.hash(), NOW))).contains("SAME_PERSON");
    assertThat(code(approve(ADA_TOO, proposal, proposal.hash(), NOW))).contains("SAME_PERSON");
  }

  @Test
  void onlyOfficersProposeApproveAndReject() {
    Proposal proposal = proposed("p-1", "rotate");

    assertThat(code(run(propose(EMMY, "p-2", "x"), NOW))).contains("NOT_ALLOWED");
    assertThat(code(approve(EMMY, proposal, proposal.hash(), NOW))).contains("NOT_ALLOWED");
    assertThat(code(run(new ApprovalCommand.Reject(EMMY, "p-1", "no"), NOW)))
        .contains("NOT_ALLOWED");
    assertThat(code(approve(GRACE.withDisabled(true), proposal, proposal.hash(), NOW)))
        .contains("NOT_ALLOWED");
  }

  @Test
  void anotherHashIsRefused() {
    Proposal proposal = proposed("p-1", "rotate");
    Proposal other = proposed("p-2", "rotate all");

    assertThat(code(approve(GRACE, proposal, other.hash(), NOW))).contains("OTHER_HASH");
    assertThat(code(approve(GRACE, proposal, "", NOW))).contains("OTHER_HASH");
  }

  @Test
  void theHashCoversKindActionWordsAndFingerprint() {
    assertThat(
            List.of(
                Proposal.hash("a", "b", "c", "d"),
                Proposal.hash("x", "b", "c", "d"),
                Proposal.hash("a", "x", "c", "d"),
                Proposal.hash("a", "b", "x", "d"),
                Proposal.hash("a", "b", "c", "x")))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDayLaterItCannotBeApproved() {
    Proposal proposal = proposed("p-1", "rotate");
    Instant late = NOW.plus(Approvals.VALIDITY);

    assertThat(code(approve(GRACE, proposal, proposal.hash(), late))).contains("EXPIRED");
    run(new ApprovalCommand.Expire(), late.minusNanos(1));
    assertThat(approvals.proposal("p-1").orElseThrow().state()).isEqualTo(State.PENDING);
    run(new ApprovalCommand.Expire(), late);
    assertThat(approvals.proposal("p-1").orElseThrow().state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void whatWouldDoSomethingElseNowIsRefused() {
    Proposal proposal = proposed("p-1", "rotate");

    ApprovalDecision decision =
        run(
            new ApprovalCommand.Approve(
                GRACE, "p-1", proposal.hash(), Optional.of(ADA), "another plan"),
            NOW);

    assertThat(code(decision)).contains("CHANGED");
  }

  @Test
  void aProposerWhoIsNoOfficerAnyMoreProposedNothing() {
    Proposal proposal = proposed("p-1", "rotate");

    ApprovalDecision decision =
        run(
            new ApprovalCommand.Approve(
                GRACE, "p-1", proposal.hash(), Optional.of(ADA.withDisabled(true)), ""),
            NOW);

    assertThat(code(decision)).contains("PROPOSER_GONE");
  }

  @Test
  void theSameIsProposedOnceAtATime() {
    proposed("p-1", "rotate");

    assertThat(code(run(propose(GRACE, "p-2", "rotate"), NOW))).contains("ALREADY_PROPOSED");
    run(propose(ADA, "p-3", "rotate"), NOW);
    assertThat(approvals.proposals()).containsOnlyKeys("p-1");
    run(new ApprovalCommand.Reject(ADA, "p-1", "mistake"), NOW);
    assertThat(code(run(propose(GRACE, "p-2", "rotate"), NOW))).isEmpty();
  }

  @Test
  void endedProposalsAreForgottenWhenTheyAreMany() throws Exception {
    for (int i = 0; i < 400; i++) {
      String id = String.format("p-%03d", i);
      run(propose(ADA, id, "rotate " + i), NOW.plusSeconds(i));
      run(new ApprovalCommand.Reject(ADA, id, "no"), NOW.plusSeconds(i));
    }

    assertThat(approvals.proposals()).hasSize(200).containsKey("p-399").doesNotContainKey("p-000");
    assertThat(ApprovalsJson.read(ApprovalsJson.write(approvals))).isEqualTo(approvals);
  }

  @Test
  void whateverIsTriedTwoPeopleAgreed() {
    List<StaffMember> all = List.of(ADA, ADA_TOO, GRACE, EMMY);
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      approvals = Approvals.NONE;
      Instant now = NOW;
      TreeMap<String, StaffMember> book = new TreeMap<>();
      all.forEach(one -> book.put(one.name(), one.withDisabled(random.nextInt(5) == 0)));
      for (int step = 0; step < 40; step++) {
        now = now.plusSeconds(random.nextInt(7_200));
        StaffMember who = all.get(random.nextInt(all.size()));
        who = book.getOrDefault(who.name(), who);
        String id = "p-" + random.nextInt(4);
        Optional<Proposal> known = approvals.proposal(id);
        if (known.isEmpty()) {
          run(propose(who, id, "action " + random.nextInt(3)), now);
        } else if (random.nextBoolean()) {
          String hash = random.nextInt(4) == 0 ? "other" : known.get().hash();
          Optional<StaffMember> proposer = Optional.ofNullable(book.get(known.get().proposer()));
          run(new ApprovalCommand.Approve(who, id, hash, proposer, ""), now);
        } else {
          run(new ApprovalCommand.Expire(), now);
        }
        for (Proposal proposal : approvals.proposals().values()) {
          if (proposal.state() == State.APPROVED) {
            StaffMember one = book.getOrDefault(proposal.proposer(), EMMY);
            StaffMember other = book.getOrDefault(proposal.approver(), EMMY);
            assertThat(one.is(StaffRole.OFFICER) && other.is(StaffRole.OFFICER))
                .as("seed %d", seed)
                .isTrue();
            assertThat(one.samePerson(other)).as("seed %d", seed).isFalse();
            assertThat(proposal.decidedAt()).as("seed %d", seed).isBefore(proposal.until());
          }
        }
      }
    }
  }

  private Proposal proposed(String id, String action) {
    run(propose(ADA, id, action), NOW);
    return approvals.proposal(id).orElseThrow();
  }

  private static ApprovalCommand propose(StaffMember who, String id, String action) {
    return new ApprovalCommand.Propose(who, id, "KEYS_ROTATE", action, "words", "");
  }

  private ApprovalDecision approve(StaffMember who, Proposal proposal, String hash, Instant at) {
    return run(new ApprovalCommand.Approve(who, proposal.id(), hash, Optional.of(ADA), ""), at);
  }

  private ApprovalDecision run(ApprovalCommand command, Instant at) {
    ApprovalDecision decision = approvals.decide(command, at);
    approvals =
        decision.match(
            new ApprovalDecision.Cases<>() {
              @Override
              public Approvals changed(ApprovalDecision.Changed changed) {
                return approvals.apply(changed);
              }

              @Override
              public Approvals refused(ApprovalDecision.Refused refused) {
                return approvals;
              }
            });
    return decision;
  }

  private static Optional<String> code(ApprovalDecision decision) {
    return decision.match(
        new ApprovalDecision.Cases<>() {
          @Override
          public Optional<String> changed(ApprovalDecision.Changed changed) {
            return Optional.empty();
          }

          @Override
          public Optional<String> refused(ApprovalDecision.Refused refused) {
            return Optional.of(refused.code());
          }
        });
  }

  private static StaffMember member(String name, String person, StaffRole role) {
    return StaffMember.of(name, person, Set.of(role), Credentials.NONE);
  }
}
