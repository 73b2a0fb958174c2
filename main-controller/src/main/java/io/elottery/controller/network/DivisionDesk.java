package io.elottery.controller.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.ledger.ring.Ring;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes halves and neighbours as one step: shows the effect, takes a reason for what breaks a
 * promise, has a second person approve over the very plan that was looked at, and applies it live:
 * rosters, observers and keys follow. Suggests a division. On main's loop.
 */
public final class DivisionDesk implements ActionHandler {
  /** Kind of the proposal. */
  public static final String DIVIDE = "SERVERS_DIVIDE";

  private static final Logger log = LoggerFactory.getLogger(DivisionDesk.class);
  private static final int REASON_MAX = 300;
  private static final int NEIGHBOURS = 4;

  private final Ports ports;
  private final Neighbourhoods neighbourhoods;

  /**
   * What it needs.
   *
   * @param desk records the change
   * @param ring who holds copies of what
   * @param aside where a suggestion is worked out: a thousand servers take a moment
   */
  public record Ports(
      Neighbourhoods neighbourhoods,
      NeighbourDesk desk,
      ApprovedActions approvals,
      Supplier<Optional<Ring>> ring,
      Executor loop,
      Executor aside) {}

  /** Serves nothing until its calls are added. */
  public DivisionDesk(Ports ports) {
    this.ports = ports;
    this.neighbourhoods = ports.neighbourhoods;
    ports.approvals.on(DIVIDE, this);
  }

  /** Adds the calls. */
  public void addTo(StaffCalls calls) {
    Set<StaffRole> movers = Set.of(StaffRole.OFFICER);
    Set<StaffRole> readers = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
    calls.add("POST", "/servers/division", movers, this::propose);
    calls.add("POST", "/servers/division/effect", readers, this::effect);
    calls.add("GET", "/servers/suggest", readers, this::suggest);
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      ObjectNode action = PlanJson.write(change(request));
      String reason = request.text("reason").orElse("").strip();
      if (reason.length() > REASON_MAX) {
        throw ActionRefused.invalid(
            "reason", "Expected at most " + REASON_MAX + " characters in \"reason\".");
      }
      return ports.approvals.proposeFor(request.who(), DIVIDE, action.put("reason", reason));
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private CompletableFuture<StaffAnswer> effect(StaffRequest request) {
    try {
      return shown(change(request));
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private CompletableFuture<StaffAnswer> suggest(StaffRequest request) {
    try {
      int degree = number(request, "neighbours", NEIGHBOURS, Division.NEIGHBOURS_MAX);
      int seed = number(request, "seed", 1, Integer.MAX_VALUE);
      NetworkPlan now = neighbourhoods.get();
      return CompletableFuture.supplyAsync(() -> Division.of(now, degree, seed), ports.aside)
          .thenComposeAsync(suggested -> shown(PlanChange.between(now, suggested)), ports.loop);
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private CompletableFuture<StaffAnswer> shown(PlanChange change) {
    return CompletableFuture.completedFuture(
        StaffAnswer.ok(PlanJson.write(effect(change), change)));
  }

  private PlanChange change(StaffRequest request) throws ActionRefused {
    return PlanJson.read(request.body(), neighbourhoods.get());
  }

  private PlanEffect effect(PlanChange change) {
    NetworkPlan after = neighbourhoods.with(change.upon(neighbourhoods.edits()));
    return PlanEffect.of(neighbourhoods.get(), after, ports.ring.get());
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    PlanChange change = PlanJson.read(action, neighbourhoods.get());
    if (change.isEmpty()) {
      throw ActionRefused.conflict("ALREADY_SO", "The servers are divided so already.");
    }
    PlanEffect effect = effect(change);
    String reason = reasoned(action, effect);
    return new Described(
        effect.words() + (reason.isEmpty() ? "" : " Reason: " + reason),
        "plan " + neighbourhoods.edits().version());
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    try {
      ObjectNode action = ProposedAction.of(proposal);
      PlanChange change = PlanJson.read(action, neighbourhoods.get());
      if (change.isEmpty()) {
        return CompletableFuture.completedFuture("The servers are divided so.");
      }
      String reason = reasoned(action, effect(change));
      log.info(
          "division: {} halves, {} links, {} unlinks changed, because {} approved {} ({})",
          change.halves().size(),
          change.linked().size(),
          change.unlinked().size(),
          proposal.approver(),
          proposal.id(),
          reason);
      return ports.desk.write(change::upon).thenApply(done -> "The servers are divided so.");
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static String reasoned(ObjectNode action, PlanEffect effect) throws ActionRefused {
    String reason = action.path("reason").asText("");
    if (!effect.breaks().isEmpty() && reason.isEmpty()) {
      throw ActionRefused.invalid(
          "reason",
          "This breaks a promise and needs a reason. " + String.join(" ", effect.breaks()));
    }
    return reason;
  }

  private static int number(StaffRequest request, String name, int otherwise, int most)
      throws ActionRefused {
    String text = request.query().getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
      throw ActionRefused.invalid(
          name, "Expected a whole number from 0 to " + most + " in \"" + name + "\".");
    }
    return Integer.parseInt(text);
  }
}
