package io.elottery.controller.acting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.scrub.Scrub;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Has a worker read everything its ledger keeps back, and tells how far it is. It changes nothing
 * that is sound, so it needs no fence and no audit. On main's loop.
 */
final class ScrubCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Set<StaffRole> ALLOWED = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);

  private final ActingPorts ports;

  ScrubCalls(ActingPorts ports) {
    this.ports = ports;
  }

  void addTo(StaffCalls calls) {
    calls.add("POST", "/servers/{id}/scrub", ALLOWED, request -> ask(request, 1));
    calls.add("GET", "/servers/{id}/scrub", ALLOWED, request -> ask(request, 0));
  }

  private CompletableFuture<StaffAnswer> ask(StaffRequest request, int begin) {
    NodeId worker;
    try {
      worker = worker(request.part("id"));
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
    Envelope question =
        new Envelope(ReportsKinds.SCRUB, ReportsKinds.VERSION, new byte[] {(byte) begin});
    return ports
        .board()
        .call(worker, question, PATIENCE)
        .handle(
            (answer, problem) ->
                problem == null
                    ? answer(worker, answer)
                    : StaffAnswer.unavailable(
                        "NOT_REACHED", worker + " does not answer: " + problem.getMessage()));
  }

  private static StaffAnswer answer(NodeId worker, Envelope answer) {
    try {
      Scrub scrub = Scrub.parse(answer.body());
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("worker", worker.name())
              .put("state", scrub.state().name())
              .put("begunAt", scrub.begunAt().toString())
              .put("endedAt", scrub.endedAt().toString())
              .put("records", scrub.records())
              .put("bytes", scrub.bytes())
              .put("sound", scrub.isSound());
      ArrayNode damages = json.putArray("damages");
      scrub.damages().forEach(damages::add);
      return StaffAnswer.ok(json);
    } catch (MalformedMessage malformed) {
      return StaffAnswer.unavailable(
          "NOT_UNDERSTOOD", worker + " answered: " + malformed.getMessage());
    }
  }

  private NodeId worker(String name) throws ActionRefused {
    return ports.workers().get().stream()
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ActionRefused.notFound("There is no worker \"" + name + "\"."));
  }
}
