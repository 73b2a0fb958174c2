package io.elottery.controller.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.vault.SignedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Two mains one after the other on the same records. */
class ApprovalDeskTest {
  private static final StaffMember ADA = officer("officer1", "Ada Lovelace");
  private static final StaffMember GRACE = officer("officer2", "Grace Hopper");

  private final Wire wire = new Wire();
  private final Shared shared = new Shared();
  // Effects by proposal, as an idempotent action has them; and every call of it.
  private final Set<String> effects = new TreeSet<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> trail = new ArrayList<>();
  private boolean trailAnswers = true;
  private CompletableFuture<String> outcome = CompletableFuture.completedFuture("done");
  private String fingerprint = "plan 1";

  @Test
  void whatWasApprovedIsCarriedOutOnceByTheNextLeader() {
    ApprovalDesk first = desk("main-1");
    first.begin(Hemisphere.LEFT, 1);
    wire.settle();
    Proposal proposal = proposed(first);
    trailAnswers = false;
    CompletableFuture<Proposal> approved = first.approve(GRACE, proposal.id(), proposal.hash());
    wire.settle();
    assertThat(approved.join().state()).isEqualTo(Proposal.State.APPROVED);
    assertThat(calls).isEmpty();

    first.end(Hemisphere.LEFT);
    trailAnswers = true;
    ApprovalDesk second = desk("main-2");
    second.begin(Hemisphere.LEFT, 2);
    wire.pass(Duration.ofSeconds(10));

    assertThat(calls).containsExactly(proposal.id());
    assertThat(second.proposal(proposal.id()).map(Proposal::state)).contains(Proposal.State.DONE);
    assertThat(trail).endsWith("RESUMED", "DONE");
    ApprovalDesk third = desk("main-3");
    third.begin(Hemisphere.LEFT, 3);
    wire.pass(Duration.ofSeconds(10));
    assertThat(calls).hasSize(1);
  }

  @Test
  void whatWasHalfDoneIsDoneAgainWithTheSameProposal() {
    ApprovalDesk first = desk("main-1");
    first.begin(Hemisphere.LEFT, 1);
    wire.settle();
    Proposal proposal = proposed(first);
    outcome = new CompletableFuture<>();
    first.approve(GRACE, proposal.id(), proposal.hash());
    wire.settle();

    first.end(Hemisphere.LEFT);
    CompletableFuture<String> late = outcome;
    outcome = CompletableFuture.completedFuture("done");
    ApprovalDesk second = desk("main-2");
    second.begin(Hemisphere.LEFT, 2);
    wire.pass(Duration.ofSeconds(10));
    late.complete("done");
    wire.pass(Duration.ofSeconds(10));

    assertThat(calls).containsExactly(proposal.id(), proposal.id());
    assertThat(effects).containsExactly(proposal.id());
    assertThat(second.proposal(proposal.id()).map(Proposal::state)).contains(Proposal.State.DONE);
  }

  @Test
  void whatMayHaveBeenStoredIsNotSaidToBeUndone() throws ActionRefused {
    ApprovalDesk first = desk("main-1");
    CompletableFuture<Proposal> made = proposing(first);
    first.end(Hemisphere.LEFT);
    shared.stored.completeExceptionally(new RegistryUnavailable("writing", "no answer"));
    wire.settle();

    assertRefused(made, "OUTCOME_UNKNOWN");
    ApprovalDesk second = desk("main-2");
    second.begin(Hemisphere.LEFT, 2);
    wire.settle();
    assertThat(second.proposals()).hasSize(1);
  }

  @Test
  void whatWasStoredWhileTheHalfChangedHandsIsSaidToBe() throws ActionRefused {
    ApprovalDesk first = desk("main-1");
    CompletableFuture<Proposal> made = proposing(first);
    first.end(Hemisphere.LEFT);
    shared.stored.complete(null);
    wire.settle();

    assertThat(made).isCompleted();
  }

  @Test
  void whatMayHaveBeenStoredIsStoredAgainBeforeAnythingElse() throws ActionRefused {
    ApprovalDesk desk = desk("main-1");
    CompletableFuture<Proposal> made = proposing(desk);
    CompletableFuture<Void> lost = shared.stored;
    shared.stored = CompletableFuture.completedFuture(null);
    lost.completeExceptionally(new RegistryUnavailable("writing", "no answer"));
    CompletableFuture<Proposal> next =
        desk.propose(ADA, "TEST", JsonNodeFactory.instance.objectNode());
    wire.settle();
    assertThat(made).isNotDone();
    assertThat(next).isNotDone();

    wire.pass(Duration.ofSeconds(2));
    assertThat(made).isCompleted();
    assertThat(next.join().id()).as("the same asked twice").isEqualTo(made.join().id());
    assertThat(desk.proposals()).hasSize(1);
  }

  @Test
  void whatAnOldFenceHeldBackIsSafeToAskAgain() throws ActionRefused {
    ApprovalDesk desk = desk("main-1");
    CompletableFuture<Proposal> made = proposing(desk);
    shared.stored.completeExceptionally(new FenceOutdated(1));
    wire.settle();

    assertRefused(made, "NOT_READY");
  }

  // Begins to act and has a proposal on its way to the record.
  private CompletableFuture<Proposal> proposing(ApprovalDesk desk) throws ActionRefused {
    desk.begin(Hemisphere.LEFT, 1);
    wire.settle();
    shared.stored = new CompletableFuture<>();
    CompletableFuture<Proposal> made =
        desk.propose(ADA, "TEST", JsonNodeFactory.instance.objectNode());
    wire.settle();
    return made;
  }

  private static void assertRefused(CompletableFuture<?> made, String code) {
    assertThat(made)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .asInstanceOf(InstanceOfAssertFactories.type(ActionRefused.class))
        .returns(code, ActionRefused::code);
  }

  @Test
  void anActionThatFailsSaysWhyAndOneThatWaitsIsTriedAgain() {
    ApprovalDesk desk = desk("main-1");
    desk.begin(Hemisphere.LEFT, 1);
    wire.settle();
    Proposal proposal = proposed(desk);
    outcome =
        CompletableFuture.failedFuture(new ActionRefused(503, "SEALED", "the vault is sealed", ""));
    desk.approve(GRACE, proposal.id(), proposal.hash());
    wire.pass(Duration.ofSeconds(5));
    assertThat(desk.proposal(proposal.id()).map(Proposal::state)).contains(Proposal.State.APPROVED);

    outcome = CompletableFuture.failedFuture(ActionRefused.conflict("GONE", "no such worker"));
    wire.pass(Duration.ofSeconds(5));

    assertThat(desk.proposal(proposal.id()).map(Proposal::state)).contains(Proposal.State.FAILED);
    assertThat(desk.proposal(proposal.id()).map(Proposal::why)).contains("no such worker");
  }

  @Test
  void anotherPlanThanProposedIsNotApproved() {
    ApprovalDesk desk = desk("main-1");
    desk.begin(Hemisphere.LEFT, 1);
    wire.settle();
    Proposal proposal = proposed(desk);
    fingerprint = "plan 2";

    CompletableFuture<Proposal> approved = desk.approve(GRACE, proposal.id(), proposal.hash());
    wire.settle();

    assertThat(approved).isCompletedExceptionally();
    assertThat(calls).isEmpty();
  }

  @Test
  void aProposalNobodyApprovesExpires() {
    ApprovalDesk desk = desk("main-1");
    desk.start(
        new StaffCalls(
            wire.station("main-9", Role.MAIN).board, new Hemispheres(NodeId.of("main-9"))));
    desk.begin(Hemisphere.LEFT, 1);
    wire.settle();
    Proposal proposal = proposed(desk);

    wire.skip(Duration.ofHours(24));
    wire.pass(Duration.ofSeconds(61));

    assertThat(desk.proposal(proposal.id()).map(Proposal::state)).contains(Proposal.State.EXPIRED);
    assertThat(trail).contains("EXPIRED");
  }

  private Proposal proposed(ApprovalDesk desk) {
    ObjectNode action = JsonNodeFactory.instance.objectNode().put("all", true);
    CompletableFuture<Proposal> made = desk.propose(ADA, "TEST", action);
    wire.settle();
    return made.join();
  }

  private ApprovalDesk desk(String main) {
    Wire.Station station = wire.station(main, Role.MAIN);
    ApprovalDesk desk =
        new ApprovalDesk(
            new ApprovalDesk.Ports(
                station.loop,
                () -> shared,
                new SecureRandomSource(),
                new Trail(),
                name -> name.equals("officer1") ? Optional.of(ADA) : Optional.empty()));
    desk.on("TEST", new Action());
    return desk;
  }

  private static StaffMember officer(String name, String person) {
    return StaffMember.of(name, person, Set.of(StaffRole.OFFICER), Credentials.NONE);
  }

  private final class Action implements ActionHandler {
    @Override
    public Described describe(ObjectNode action) {
      return new Described("Does it.", fingerprint);
    }

    @Override
    public CompletableFuture<String> carryOut(Proposal proposal) {
      calls.add(proposal.id());
      effects.add(proposal.id());
      return outcome;
    }
  }

  private final class Trail implements AuditTrail {
    @Override
    public CompletableFuture<Void> record(AuditEntry entry) {
      if (!trailAnswers) {
        return new CompletableFuture<>();
      }
      trail.add(entry.result());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void recordLater(AuditEntry entry) {
      trail.add(entry.result());
    }
  }

  private static final class Shared implements SignedRecords {
    private final Map<String, byte[]> values = new TreeMap<>();
    private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Optional<byte[]>> read(String name) {
      return CompletableFuture.completedFuture(Optional.ofNullable(values.get(name)));
    }

    @Override
    public CompletableFuture<Void> write(String name, byte[] payload) {
      values.put(name, payload);
      return stored;
    }

    @Override
    public CompletableFuture<List<String>> names(String prefix) {
      return CompletableFuture.completedFuture(List.copyOf(values.keySet()));
    }
  }
}
