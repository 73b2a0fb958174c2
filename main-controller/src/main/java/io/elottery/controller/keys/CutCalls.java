package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffHandler;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.rotation.LinkCut;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.Phase;
import io.elottery.keyvault.rotation.RotationScope;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** What officers may ask about cuts. On main's loop. */
final class CutCalls implements ActionHandler {
  static final String LIFT = "KEYS_LIFT";

  private static final int REASON_MAX = 200;
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);

  private final KeyPorts ports;
  private final KeyDesk keys;
  private final CutDesk cuts;
  private final ApprovedActions approvals;

  CutCalls(KeyPorts ports, KeyDesk keys, CutDesk cuts, ApprovedActions approvals) {
    this.ports = ports;
    this.keys = keys;
    this.cuts = cuts;
    this.approvals = approvals;
  }

  void addTo(StaffCalls calls) {
    approvals.on(LIFT, this);
    calls.add("POST", "/keys/cut", OFFICERS, refusing(this::cut));
    calls.add("POST", "/keys/cut/{id}/confirm", OFFICERS, refusing(this::confirm));
    calls.add("POST", "/keys/cut/{id}/lift", OFFICERS, refusing(this::lift));
  }

  /** A cut for the staff. */
  static ObjectNode json(LinkCut cut, Instant now) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", cut.id())
            .put("target", cut.target())
            .put("reason", cut.reason())
            .put("by", cut.by())
            .put("at", cut.at().toString())
            .put("confirmedBy", cut.confirmedBy())
            .put("confirmUntil", cut.at().plus(LinkCut.CONFIRM_WITHIN).toString())
            .put("overdue", cut.isOverdue(now))
            .put("inForce", cut.isInForce())
            .put("liftedBy", cut.liftedBy());
    ArrayNode links = json.putArray("links");
    cut.links().keySet().forEach(link -> links.add(link.text()));
    ArrayNode ends = json.putArray("ends");
    cut.ends()
        .forEach(
            (end, state) -> {
              int blank = end.indexOf(' ');
              ends.addObject()
                  .put("link", end.substring(0, blank))
                  .put("end", end.substring(blank + 1))
                  .put("state", state.name());
            });
    return json;
  }

  private CompletableFuture<StaffAnswer> cut(StaffRequest request) throws ActionRefused {
    String reason = request.required("reason", REASON_MAX);
    RotationScope scope = LinkScopes.parse(request.body());
    if (scope instanceof RotationScope.All || scope instanceof RotationScope.OfHemisphere) {
      throw ActionRefused.invalid("link", "One link or one worker is cut at a time.");
    }
    return cut(scope, request.who(), reason)
        .thenApply(cut -> StaffAnswer.created(json(cut, ports.loop().time().now())));
  }

  /** Cuts what the scope covers, at once. */
  CompletableFuture<LinkCut> cut(RotationScope scope, StaffMember by, String reason)
      throws ActionRefused {
    TreeSet<LinkName> all = new TreeSet<>(keys.wanted());
    all.addAll(keys.links());
    TreeMap<LinkName, Integer> links = new TreeMap<>();
    for (LinkName link : all) {
      if (LinkScopes.covers(scope, link, ports.plan().get())) {
        links.put(link, keys.keeper(link).flatMap(LinkKeeper::state).map(LinkKeys::last).orElse(0));
      }
    }
    if (links.isEmpty()) {
      throw ActionRefused.notFound("There are no " + LinkScopes.words(scope) + ".");
    }
    CompletableFuture<LinkCut> cut = cuts.cut(by, LinkScopes.words(scope), links, reason);
    keys.changed();
    return cut;
  }

  private CompletableFuture<StaffAnswer> confirm(StaffRequest request) throws ActionRefused {
    LinkCut cut = find(request.part("id"));
    if (cut.isBy(request.who().name(), request.who().person())) {
      throw new ActionRefused(
          403, "SAME_PERSON", "Another officer than " + cut.by() + " confirms it.", "");
    }
    if (cut.isConfirmed()) {
      throw ActionRefused.conflict("CONFIRMED", cut.confirmedBy() + " confirmed it already.");
    }
    return cuts.confirm(cut, request.who())
        .thenApply(
            done ->
                StaffAnswer.ok(
                    json(cuts.all().find(cut.id()).orElse(cut), ports.loop().time().now())));
  }

  private CompletableFuture<StaffAnswer> lift(StaffRequest request) throws ActionRefused {
    LinkCut cut = find(request.part("id"));
    ObjectNode action = JsonNodeFactory.instance.objectNode().put("cut", cut.id());
    return approvals.proposeFor(request.who(), LIFT, action);
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    LinkCut cut = find(action.path("cut").asText(""));
    if (!cut.isInForce()) {
      throw ActionRefused.conflict("LIFTED", cut.id() + " was lifted already.");
    }
    for (LinkName link : cut.links().keySet()) {
      boolean recorded =
          keys.keeper(link)
              .flatMap(LinkKeeper::state)
              .map(is -> is.phase() == Phase.CUT)
              .orElse(false);
      if (!recorded) {
        throw ActionRefused.conflict(
            "NOT_RECORDED", "The keys of " + link + " are not recorded as destroyed yet.");
      }
    }
    return Described.of(
        "Lift "
            + cut.words()
            + " of "
            + cut.target()
            + ": new keys for "
            + cut.links().keySet()
            + ", as far as they are still links of the network.");
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    String id = ProposedAction.of(proposal).path("cut").asText("");
    return cuts.lift(id, proposal.id()).thenApply(done -> id + " is lifted; new keys are made");
  }

  private LinkCut find(String id) throws ActionRefused {
    return cuts.all().find(id).orElseThrow(() -> ActionRefused.notFound("There is no such cut."));
  }

  private interface Refusing {
    CompletableFuture<StaffAnswer> handle(StaffRequest request) throws ActionRefused;
  }

  private static StaffHandler refusing(Refusing handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (ActionRefused refused) {
        return CompletableFuture.failedFuture(refused);
      }
    };
  }
}
