package io.elottery.controller.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.records.Records;
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
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes two workers neighbours, or strangers again, when one of the staff proposes it and an
 * officer approves. The change is recorded first, then rosters and keys follow: two new neighbours
 * get a fresh key of their own, that of two strangers is destroyed. On main's loop.
 */
public final class NeighbourDesk implements Duty {
  /** Kind of the proposal that makes two neighbours. */
  public static final String LINK = "SERVERS_LINK";

  /** Kind of the proposal that makes two strangers. */
  public static final String UNLINK = "SERVERS_UNLINK";

  private static final Logger log = LoggerFactory.getLogger(NeighbourDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final String PATH = "plan-edits";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Neighbourhoods neighbourhoods;
  private final Records records;
  private final Hemispheres halves;
  private final Timers timers;
  private final ApprovedActions approvals;
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private Optional<Long> readUnder = Optional.empty(); // the fence under which it was read last

  /** Serves nothing until started. */
  public NeighbourDesk(
      Neighbourhoods neighbourhoods,
      Records records,
      Hemispheres halves,
      Timers timers,
      ApprovedActions approvals) {
    this.neighbourhoods = neighbourhoods;
    this.records = records;
    this.halves = halves;
    this.timers = timers;
    this.approvals = approvals;
    approvals.on(LINK, new Change(LINK, "neighbours", true));
    approvals.on(UNLINK, new Change(UNLINK, "strangers", false));
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    Set<StaffRole> movers = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);
    Set<StaffRole> readers = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
    calls.add("GET", "/servers/neighbours", readers, request -> list());
    calls.add("POST", "/servers/link", movers, request -> propose(request, LINK));
    calls.add("POST", "/servers/unlink", movers, request -> propose(request, UNLINK));
    timers.every(AGAIN, this::read);
    read();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    read();
  }

  @Override
  public void end(Hemisphere hemisphere) {
    // What was read stays true until a newer change is.
  }

  // Every main looks: the one that acts for RIGHT does not write, and must know as well.
  private void read() {
    records
        .read(PATH)
        .whenComplete(
            (found, problem) -> {
              if (problem != null) {
                log.debug("plan edits not read, tried again soon: {}", problem.toString());
              } else {
                found.ifPresent(this::take);
              }
            });
  }

  private void take(byte[] recorded) {
    try {
      neighbourhoods.take(PlanEdits.decode(recorded));
    } catch (MalformedMessage malformed) {
      log.error("plan edits in the registry are passed over: {}", malformed.getMessage());
    }
  }

  private CompletableFuture<StaffAnswer> list() {
    ArrayNode items = JSON.arrayNode();
    neighbourhoods
        .get()
        .workers()
        .forEach(
            (id, place) -> {
              ObjectNode worker =
                  items
                      .addObject()
                      .put("worker", id.name())
                      .put("hemisphere", place.hemisphere().name());
              ArrayNode others = worker.putArray("neighbours");
              place.neighbours().forEach(other -> others.add(other.name()));
            });
    ObjectNode body = JSON.objectNode();
    body.set("items", items);
    body.putNull("next");
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request, String kind) {
    try {
      ObjectNode action =
          JSON.objectNode().put("a", request.required("a", 64)).put("b", request.required("b", 64));
      return approvals.proposeFor(request.who(), kind, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }

  private Pair pair(ObjectNode action) throws ActionRefused {
    NodeId a = worker(action, "a");
    NodeId b = worker(action, "b");
    if (a.equals(b)) {
      throw ActionRefused.invalid("b", "Expected two different workers, got " + a + " twice.");
    }
    return Pair.of(a, b);
  }

  private NodeId worker(ObjectNode action, String field) throws ActionRefused {
    String name = action.path(field).asText();
    return neighbourhoods.get().names().stream()
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ActionRefused.invalid(
                    field, "\"" + name + "\" is no worker that stands in network.yaml."));
  }

  /**
   * Records the changed edits and takes them; only while this main acts for LEFT. One after the
   * other: each changes what the one before it left.
   */
  public CompletableFuture<Void> write(UnaryOperator<PlanEdits> change) {
    CompletableFuture<Void> mine =
        writing.exceptionally(failed -> null).thenCompose(before -> writeNow(change));
    writing = mine;
    return mine;
  }

  private CompletableFuture<Void> writeNow(UnaryOperator<PlanEdits> change) {
    Optional<Long> fence = halves.fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("this main no longer acts for LEFT"));
    }
    if (!fence.equals(readUnder)) { // The leader before may have changed it a moment ago.
      return records
          .read(PATH)
          .thenCompose(
              found -> {
                found.ifPresent(this::take);
                readUnder = fence;
                return writeNow(change);
              });
    }
    PlanEdits next = change.apply(neighbourhoods.edits());
    return records
        .write(PATH, next.encode(), fence.get())
        .thenAccept(written -> neighbourhoods.take(next));
  }

  /** One of the two kinds. */
  private final class Change implements ActionHandler {
    private final String kind;
    private final String become;
    private final boolean linked;

    Change(String kind, String become, boolean linked) {
      this.kind = kind;
      this.become = become;
      this.linked = linked;
    }

    @Override
    public Described describe(ObjectNode action) throws ActionRefused {
      Pair pair = pair(action);
      if (neighbourhoods.areNeighbours(pair) == linked) {
        throw ActionRefused.conflict("ALREADY_SO", pair + " are " + become + " already.");
      }
      return Described.of(
          linked
              ? pair
                  + " become neighbours: they get a fresh key of their own, exchange impulses and"
                  + " share work."
              : pair
                  + " become strangers: their link closes and its key is destroyed at both ends and"
                  + " in the vault."
                  + leftAlone(pair));
    }

    private String leftAlone(Pair pair) {
      NetworkPlan after = neighbourhoods.with(neighbourhoods.edits().unlink(pair));
      StringBuilder words = new StringBuilder();
      for (NodeId end : new NodeId[] {pair.low(), pair.high()}) {
        NetworkPlan.Place place = after.workers().get(end);
        if (place != null && place.neighbours().isEmpty()) {
          words.append(' ').append(end).append(" is then watched by main alone.");
        }
      }
      return words.toString();
    }

    @Override
    public CompletableFuture<String> carryOut(Proposal proposal) {
      try {
        ObjectNode action = ProposedAction.of(proposal);
        Pair pair = pair(action);
        String done = pair + " are " + become + ".";
        if (neighbourhoods.areNeighbours(pair) == linked) {
          return CompletableFuture.completedFuture(done);
        }
        log.info("{}: {} → {}, because {} approved it", kind, pair, become, proposal.approver());
        return write(edits -> linked ? edits.link(pair) : edits.unlink(pair))
            .thenApply(written -> done);
      } catch (ActionRefused refused) {
        return CompletableFuture.failedFuture(refused);
      }
    }
  }
}
