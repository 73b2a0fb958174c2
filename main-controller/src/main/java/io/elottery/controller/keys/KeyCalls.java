package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.rotation.RotationLine;
import io.elottery.keyvault.rotation.RotationPlan;
import io.elottery.keyvault.rotation.RotationScope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the staff may ask about keys and their rotation. On main's loop. */
final class KeyCalls {
  static final String ROTATE = "KEYS_ROTATE";

  /** Who may look at keys. */
  static final Set<StaffRole> READERS =
      Set.of(StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.OPERATIONS);

  private final KeyList list;
  private final RotationDesk rotation;
  private final ApprovedActions approvals;

  KeyCalls(KeyList list, RotationDesk rotation, ApprovedActions approvals) {
    this.list = list;
    this.rotation = rotation;
    this.approvals = approvals;
  }

  void addTo(StaffCalls calls) {
    approvals.on(ROTATE, rotation);
    calls.add("GET", "/keys", READERS, request -> ok(list.list()));
    calls.add("GET", "/keys/history", READERS, request -> ok(list.history()));
    calls.add("GET", "/keys/cuts", READERS, request -> ok(cuts()));
    calls.add("GET", "/keys/rotation", READERS, request -> ok(progress()));
    calls.add("POST", "/keys/plan", READERS, this::plan);
    calls.add("POST", "/keys/rotate", Set.of(StaffRole.OFFICER), this::rotate);
  }

  private CompletableFuture<StaffAnswer> plan(StaffRequest request) {
    try {
      return ok(rotation.preview(scope(request)).json());
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> rotate(StaffRequest request) {
    try {
      ObjectNode action = JsonNodeFactory.instance.objectNode();
      action.set("scope", LinkScopes.json(scope(request)));
      return approvals.proposeFor(request.who(), ROTATE, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  // The scope, or the body itself where it is one.
  private static RotationScope scope(StaffRequest request) throws ActionRefused {
    JsonNode scope = request.body().path("scope");
    return LinkScopes.parse(scope.isObject() ? scope : request.body());
  }

  private ObjectNode cuts() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("items", list.cuts(false));
    return json;
  }

  private ObjectNode progress() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (rotation.plan().isEmpty()) {
      return json.put("state", "NONE");
    }
    RotationPlan plan = rotation.plan().get();
    json.put("id", plan.id())
        .put("state", plan.state().name())
        .put("scope", plan.scope())
        .put("proposedBy", plan.proposedBy())
        .put("approvedBy", plan.approvedBy())
        .put("begunAt", plan.begunAt().toString())
        .put("why", plan.why())
        .put("links", plan.lines().size())
        .put("done", plan.count(RotationLine.State.DONE));
    ArrayNode waves = json.putArray("waves");
    for (List<RotationLine> wave : plan.waves()) {
      ArrayNode lines = waves.addArray();
      for (RotationLine line : wave) {
        lines
            .addObject()
            .put("link", line.link().text())
            .put("epoch", line.target())
            .put("state", line.state().name())
            .put("why", line.why());
      }
    }
    return json;
  }

  static CompletableFuture<StaffAnswer> ok(JsonNode body) {
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }
}
