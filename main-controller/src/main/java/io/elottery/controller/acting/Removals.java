package io.elottery.controller.acting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.network.PlanEffect;
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
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code POST /servers/{id}/remove}: an officer proposes that a worker leaves for good, another one
 * approves over the effect both read. Refused while a draw would lose its copies. On main's loop.
 */
public final class Removals implements ActionHandler {
  /** Kind of the proposal. */
  public static final String REMOVE = "SERVERS_REMOVE";

  private static final int REASON_MAX = 300;

  /**
   * What it needs beside what acting has.
   *
   * @param keyed the worker's links that still have a key in use, in words
   * @param revoke revokes its certificate in the name of the two of the order's detail; what came
   *     of it, in words
   */
  public record Ports(
      ApprovedActions approvals,
      Function<NodeId, List<String>> keyed,
      BiFunction<NodeId, Order, String> revoke) {}

  private final ActingPorts ports;
  private final OrderBook book;
  private final ConservationDesk conservation;
  private final RemoveWork work;
  private final Supplier<Replacing> shards;
  private final ApprovedActions approvals;

  Removals(
      ActingPorts ports,
      OrderBook book,
      ConservationDesk conservation,
      RemoveWork work,
      Supplier<Replacing> shards,
      ApprovedActions approvals) {
    this.ports = ports;
    this.book = book;
    this.conservation = conservation;
    this.work = work;
    this.shards = shards;
    this.approvals = approvals;
    approvals.on(REMOVE, this);
  }

  void addTo(StaffCalls calls) {
    calls.add("POST", "/servers/{id}/remove", Set.of(StaffRole.OFFICER), this::propose);
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      String reason = request.required("reason", REASON_MAX);
      ObjectNode action =
          JsonNodeFactory.instance
              .objectNode()
              .put("worker", request.part("id"))
              .put("reason", reason)
              .put("force", request.body().path("force").asBoolean(false));
      return approvals.proposeFor(request.who(), REMOVE, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    NodeId worker = worker(action);
    List<String> words = new ArrayList<>();
    words.add(
        worker
            + " leaves the network for good: it rests, its links are closed and their keys"
            + " destroyed, its certificate is revoked, and it ends.");
    Optional<Ring> ring = ports.ring().get();
    if (ring.isEmpty()) {
      throw ActionRefused.conflict("NO_RING", "The ring is not known yet; ask again.");
    }
    // A copy that is being exchanged still counts, though the ring names the new one already.
    SortedSet<ShardId> held = new TreeSet<>(ring.get().heldBy(worker));
    held.addAll(shards.get().held(worker));
    if (!held.isEmpty()) {
      words.add("Copies are lost with it: " + named(held) + ".");
      if (!action.path("force").asBoolean(false)) {
        throw ActionRefused.conflict(
            "HOLDS_COPIES",
            worker
                + " holds copies that would be lost: "
                + named(held)
                + ". Have other workers hold them first, `elottery shards balance --without "
                + worker
                + " --wait`, or force it.");
      }
      Optional<String> no = conservation.whyNot(worker);
      if (no.isPresent()) {
        throw ActionRefused.conflict("MAJORITY_LOST", no.get() + ".");
      }
    }
    words.add(
        PlanEffect.of(
                ports.neighbourhoods().get(),
                ports.neighbourhoods().with(ports.neighbourhoods().edits().remove(worker)),
                ring)
            .words());
    words.add("Reason: " + action.path("reason").asText());
    return new Described(
        String.join(" ", words), "plan " + ports.neighbourhoods().edits().version());
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    try {
      ObjectNode action = ProposedAction.of(proposal);
      String name = action.path("worker").asText();
      // Called again after a take-over: the order says how far it is.
      Optional<OrderRecord> before =
          book.all().stream()
              .filter(record -> record.order().kind() == Order.Kind.REMOVE)
              .filter(record -> record.order().target().name().equals(name))
              .filter(record -> record.order().cause().startsWith(proposal.id() + ":"))
              .findFirst();
      if (before.isPresent()) {
        return CompletableFuture.completedFuture(done(before.get()));
      }
      describe(action);
      OrderRecord record =
          book.open(
                  Hemisphere.LEFT,
                  Order.Kind.REMOVE,
                  worker(action),
                  proposal.id() + ": " + action.path("reason").asText(),
                  proposal.proposer() + "," + proposal.approver())
              .orElseThrow(
                  () ->
                      new ActionRefused(
                          503, "NO_LEADER", "This main acts no longer for LEFT.", ""));
      work.carryOut(record);
      return CompletableFuture.completedFuture(done(record));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static String done(OrderRecord record) {
    return record.order().target()
        + " leaves by order "
        + record.name()
        + ": elottery orders show "
        + record.name();
  }

  private NodeId worker(ObjectNode action) throws ActionRefused {
    String name = action.path("worker").asText();
    return ports.neighbourhoods().get().names().stream()
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> ActionRefused.notFound("There is no worker \"" + name + "\" in the plan."));
  }

  private String named(Collection<ShardId> held) {
    return String.join(
        ", ",
        held.stream()
            .map(
                shard -> {
                  List<String> draws = ports.draws().apply(shard);
                  return shard + (draws.isEmpty() ? "" : " (" + String.join(", ", draws) + ")");
                })
            .toList());
  }
}
