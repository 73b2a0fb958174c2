package io.elottery.controller.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.ledger.ring.Ring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /servers/add}: an officer proposes that new workers belong to the network, another
 * one approves over the effect both read. They stand in the plan then, and the proposer is shown a
 * join token for each, once. Each has a half and neighbours from the beginning: those that were
 * named, or the half with fewer and three of the least watching, spread over data centres. On
 * main's loop.
 */
public final class AdditionDesk implements ActionHandler {
  /** Kind of the proposal. */
  public static final String ADD = "SERVERS_ADD";

  /** How long a token can be shown. */
  public static final Duration TOKEN_VALIDITY = Duration.ofDays(7);

  private static final Logger log = LoggerFactory.getLogger(AdditionDesk.class);
  private static final int WORKERS_MAX = 100; // in one proposal, so that a person can read it
  private static final int TEXT_MAX = 64;

  private final Ports ports;
  private final Set<String> shown = new HashSet<>(); // proposals; bounded by those that are kept

  /**
   * What it needs.
   *
   * @param desk records the change
   * @param ring who holds copies of what
   * @param known whether somebody of that name belongs to the network and has announced itself
   * @param invite makes a join token; completes on main's loop
   */
  public record Ports(
      Neighbourhoods neighbourhoods,
      NeighbourDesk desk,
      ApprovedActions approvals,
      Supplier<Optional<Ring>> ring,
      Predicate<NodeId> known,
      Function<NodeId, CompletableFuture<String>> invite,
      Consumer<AuditEntry> audit) {}

  /** Serves nothing until its call is added. */
  public AdditionDesk(Ports ports) {
    this.ports = ports;
    ports.approvals.on(ADD, this);
  }

  /** Adds the call. */
  public void addTo(StaffCalls calls) {
    calls.add("POST", "/servers/add", Set.of(StaffRole.OFFICER), this::propose);
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      return ports.approvals.proposeFor(request.who(), ADD, resolved(request.body()));
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  /** What was left open is decided now, so that two people agree to the same. */
  private ObjectNode resolved(JsonNode body) throws ActionRefused {
    ObjectNode action = JsonNodeFactory.instance.objectNode();
    ObjectNode workers = action.putObject("workers");
    PlanEdits edits = ports.neighbourhoods.edits();
    for (JsonNode name : body.path("workers")) {
      NodeId worker = node(name.asText());
      NetworkPlan now = ports.neighbourhoods.with(edits);
      Location at = location(body.path("datacentre").asText(""), body.path("zone").asText(""));
      ObjectNode place = workers.putObject(worker.name());
      Hemisphere half = half(body.path("hemisphere").asText(""), now);
      place
          .put("hemisphere", half.name())
          .put("datacentre", at.datacentre())
          .put("zone", at.zone());
      SortedSet<NodeId> neighbours = new TreeSet<>();
      for (JsonNode other : body.path("neighbours")) {
        neighbours.add(node(other.asText()));
      }
      if (neighbours.isEmpty()) {
        neighbours.addAll(nearest(now, worker));
      }
      neighbours.forEach(other -> place.withArray("neighbours").add(other.name()));
      edits = edits.add(worker, new NetworkPlan.Place(half, at, neighbours));
    }
    return action;
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    NetworkPlan before = ports.neighbourhoods.get();
    List<String> again = new ArrayList<>();
    for (NodeId worker : named(action)) {
      if (ports.neighbourhoods.isRemoved(worker)) {
        throw ActionRefused.conflict(
            "WAS_REMOVED", worker + " was removed from the network: choose a new name.");
      }
      if (ports.known.test(worker)) {
        throw ActionRefused.conflict("ALREADY_SO", worker + " belongs to the network already.");
      }
      if (before.workers().containsKey(worker)) {
        again.add(worker.name());
      }
    }
    String another =
        again.isEmpty()
            ? ""
            : " Another token for " + String.join(", ", again) + ", not joined yet.";
    return new Described(
        PlanEffect.of(before, ports.neighbourhoods.with(upon(action)), ports.ring.get()).words()
            + another
            + " The proposer is shown a join token for each, once, good for "
            + TOKEN_VALIDITY.toDays()
            + " days and for one key.",
        "plan " + ports.neighbourhoods.edits().version());
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    try {
      ObjectNode action = ProposedAction.of(proposal);
      List<NodeId> workers = named(action);
      String done =
          workers + " may join; elottery approvals show " + proposal.id() + " shows their tokens";
      if (ports.neighbourhoods.get().workers().keySet().containsAll(workers)) {
        return CompletableFuture.completedFuture(done);
      }
      log.info("{} join the network, because {} approved it", workers, proposal.approver());
      upon(action); // Refused now rather than half way.
      return ports
          .desk
          .write(
              edits -> {
                try {
                  return upon(action, edits);
                } catch (ActionRefused impossible) {
                  throw new IllegalStateException(impossible);
                }
              })
          .thenApply(written -> done);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  @Override
  public CompletableFuture<ObjectNode> forProposer(Proposal proposal) {
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    List<NodeId> workers;
    try {
      workers = named(ProposedAction.of(proposal));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    if (!shown.add(proposal.id())) {
      return CompletableFuture.completedFuture(more);
    }
    CompletableFuture<ObjectNode> all = CompletableFuture.completedFuture(more);
    for (NodeId worker : workers) {
      boolean expected = ports.neighbourhoods.get().workers().containsKey(worker);
      if (expected && !ports.known.test(worker)) {
        all =
            all.thenCombine(
                ports.invite.apply(worker),
                (json, token) -> {
                  json.withObject("/tokens").put(worker.name(), token);
                  ports.audit.accept(
                      AuditEntry.done(
                          proposal.proposer(), "TOKEN_SHOWN", worker.name(), "to join"));
                  return json;
                });
      }
    }
    return all;
  }

  private PlanEdits upon(ObjectNode action) throws ActionRefused {
    return upon(action, ports.neighbourhoods.edits());
  }

  private PlanEdits upon(ObjectNode action, PlanEdits edits) throws ActionRefused {
    PlanEdits next = edits;
    for (Map.Entry<String, JsonNode> one : action.path("workers").properties()) {
      NodeId worker = node(one.getKey());
      NetworkPlan now = ports.neighbourhoods.with(next);
      if (now.workers().containsKey(worker)) {
        continue;
      }
      JsonNode its = one.getValue();
      SortedSet<NodeId> neighbours = new TreeSet<>();
      for (JsonNode other : its.path("neighbours")) {
        NodeId neighbour = node(other.asText());
        boolean comes = action.path("workers").has(neighbour.name());
        if (neighbour.equals(worker) || !(comes || now.workers().containsKey(neighbour))) {
          throw ActionRefused.invalid(
              "neighbours", "\"" + neighbour + "\" is no other worker of the network.");
        }
        neighbours.add(neighbour);
      }
      Location at = location(its.path("datacentre").asText(""), its.path("zone").asText(""));
      next =
          next.add(
              worker,
              new NetworkPlan.Place(half(its.path("hemisphere").asText(), now), at, neighbours));
    }
    return next;
  }

  private static List<NodeId> named(ObjectNode action) throws ActionRefused {
    List<NodeId> workers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : action.path("workers").properties()) {
      workers.add(node(one.getKey()));
    }
    if (workers.isEmpty() || workers.size() > WORKERS_MAX) {
      throw ActionRefused.invalid(
          "workers", "Expected 1 to " + WORKERS_MAX + " names of workers in \"workers\".");
    }
    return workers;
  }

  private static SortedSet<NodeId> nearest(NetworkPlan plan, NodeId worker) {
    SortedSet<NodeId> chosen = new TreeSet<>();
    List<NodeId> left = new ArrayList<>(plan.workers().keySet());
    left.remove(worker);
    while (chosen.size() < PlanEffect.OBSERVERS && !left.isEmpty()) {
      NodeId next =
          left.stream()
              .min(
                  Comparator.<NodeId>comparingLong(one -> inCentreOf(plan, chosen, one))
                      .thenComparing(one -> watches(plan, one))
                      .thenComparing(one -> one))
              .orElseThrow();
      left.remove(next);
      chosen.add(next);
    }
    return chosen;
  }

  private static long inCentreOf(NetworkPlan plan, Set<NodeId> chosen, NodeId one) {
    return chosen.stream().filter(it -> centre(plan, it).equals(centre(plan, one))).count();
  }

  private static String centre(NetworkPlan plan, NodeId worker) {
    NetworkPlan.Place place = plan.workers().get(worker);
    return place == null ? "" : place.location().datacentre();
  }

  private static int watches(NetworkPlan plan, NodeId worker) {
    NetworkPlan.Place place = plan.workers().get(worker);
    return place == null ? 0 : place.neighbours().size();
  }

  private static Hemisphere half(String text, NetworkPlan plan) throws ActionRefused {
    if (text.isEmpty()) {
      long left =
          plan.workers().values().stream()
              .filter(place -> place.hemisphere() == Hemisphere.LEFT)
              .count();
      return 2 * left <= plan.workers().size() ? Hemisphere.LEFT : Hemisphere.RIGHT;
    }
    for (Hemisphere half : Hemisphere.values()) {
      if (half.name().equals(text.toUpperCase(Locale.ROOT))) {
        return half;
      }
    }
    throw ActionRefused.invalid("hemisphere", "Expected left or right, not \"" + text + "\".");
  }

  private static Location location(String datacentre, String zone) throws ActionRefused {
    try {
      return new Location(datacentre, zone);
    } catch (IllegalArgumentException malformed) {
      throw ActionRefused.invalid("datacentre", String.valueOf(malformed.getMessage()));
    }
  }

  private static NodeId node(String name) throws ActionRefused {
    try {
      if (name.length() > TEXT_MAX) {
        throw new IllegalArgumentException(name);
      }
      return NodeId.of(name);
    } catch (IllegalArgumentException malformed) {
      throw ActionRefused.invalid("workers", "\"" + name + "\" names no worker.");
    }
  }
}
