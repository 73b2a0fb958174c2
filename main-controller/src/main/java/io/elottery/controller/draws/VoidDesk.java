package io.elottery.controller.draws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.servers.ServerBook;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.party.VoidRequest;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.reports.order.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Voids a stalled draw: two officers decide it, then every party that is reached is asked, and the
 * draw's record takes it only with the consent of all that do not withhold. On main's loop.
 */
public final class VoidDesk implements ActionHandler {
  /** Kind of the proposal. */
  public static final String KIND = "DRAW_VOID";

  private static final Logger log = LoggerFactory.getLogger(VoidDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int REASON_MAX = 500;

  /** What it needs. */
  public record Ports(
      Switchboard board,
      Hemispheres halves,
      ServerBook book,
      PartyDesk parties,
      LotteryCalls lottery,
      ApprovedActions approvals) {}

  private final Ports ports;

  /** Serves nothing until started. */
  public VoidDesk(Ports ports) {
    this.ports = ports;
    ports.approvals.on(KIND, this);
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    calls.add("POST", "/draws/{game}/{id}/void", Set.of(StaffRole.OFFICER), this::propose);
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      ObjectNode action =
          JsonNodeFactory.instance
              .objectNode()
              .put("draw", request.part("game") + ":" + request.part("id"))
              .put("reason", request.required("reason", REASON_MAX));
      return ports.approvals.proposeFor(request.who(), KIND, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    DrawRef draw = draw(action);
    return Described.of(
        "Void the draw "
            + draw
            + " for good, if it is stalled and every party that does not withhold agrees: all its"
            + " stakes go back, no numbers are drawn, and this reason is published: "
            + reason(action));
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    try {
      ObjectNode action = ProposedAction.of(proposal);
      DrawRef draw = draw(action);
      String reason = reason(action);
      VoidRequest request = new VoidRequest(draw, reason, Octets.ofHex(proposal.hash()));
      return consents(request)
          .thenCompose(
              consents ->
                  ports.lottery.deliver(
                      new DrawCommand.VoidDraw(draw, reason, request.approval(), consents)))
          .thenApply(reply -> result(draw, reply));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static String result(DrawRef draw, Optional<LotteryReply> reply) {
    if (reply.isEmpty()) {
      throw new IllegalStateException("nobody answered for " + draw + "; propose it again");
    }
    if (reply.get() instanceof LotteryReply.DrawAccepted) {
      log.info("{}: STALLED → VOID, because two officers and the other parties agreed", draw);
      return draw + " is void; its stakes went back.";
    }
    if (reply.get() instanceof LotteryReply.Refused refused) {
      throw new IllegalStateException(refused.why().detail());
    }
    throw new IllegalStateException("unexpected answer for " + draw);
  }

  private CompletableFuture<List<VoidConsent>> consents(VoidRequest request) {
    List<NodeId> others = new ArrayList<>(ports.book.named(Role.AUDITOR));
    if (!ports.halves.acts(Hemisphere.RIGHT)) {
      ports.halves.lead(Hemisphere.RIGHT).map(Lead::leader).ifPresent(others::add);
    }
    CompletableFuture<List<VoidConsent>> all = ports.parties.consents(request);
    for (NodeId other : others) {
      all = all.thenCombine(ask(other, request), VoidDesk::plus);
    }
    return all.thenApply(
        consents -> {
          consents.sort(Comparator.comparing(VoidConsent::party));
          return consents;
        });
  }

  private CompletableFuture<Optional<VoidConsent>> ask(NodeId party, VoidRequest request) {
    return ports
        .board
        .call(party, request.envelope(), PATIENCE)
        .handle(
            (answer, problem) -> {
              if (problem != null) {
                log.warn("{} does not agree: {}", party, problem.getMessage());
                return Optional.empty();
              }
              try {
                return Optional.of(VoidRequest.consent(answer.body()));
              } catch (MalformedMessage malformed) {
                log.warn("consent of {} dropped: {}", party, malformed.getMessage());
                return Optional.empty();
              }
            });
  }

  private static List<VoidConsent> plus(List<VoidConsent> all, Optional<VoidConsent> one) {
    one.ifPresent(all::add);
    return all;
  }

  private static DrawRef draw(ObjectNode action) throws ActionRefused {
    String[] parts = action.path("draw").asText().split(":", 2);
    try {
      return DrawRef.of(parts[0], parts.length > 1 ? parts[1] : "");
    } catch (IllegalArgumentException wrong) {
      throw ActionRefused.invalid("draw", "Expected a draw as game:id. " + wrong.getMessage());
    }
  }

  private static String reason(ObjectNode action) throws ActionRefused {
    String reason = action.path("reason").asText().strip();
    if (reason.isEmpty() || reason.length() > REASON_MAX) {
      throw ActionRefused.invalid("reason", "Expected a reason of 1 to 500 characters.");
    }
    return reason;
  }
}
