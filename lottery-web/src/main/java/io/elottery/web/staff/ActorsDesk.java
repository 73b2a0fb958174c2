package io.elottery.web.staff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.ActorSize;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.answer.LotteryAnswer.ActorsFound;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Branches;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Shows what draws and players take in the memory of each of their five workers. */
final class ActorsDesk {
  private final Branches branches;

  ActorsDesk(Branches branches) {
    this.branches = branches;
  }

  CompletableFuture<WebAnswer> actors(WebRequest request) throws Unacceptable {
    Optional<BranchId> one = Input.branch(request);
    int most = Math.min(Input.limit(request), LotteryQuery.Actors.MOST);
    return branches
        .ask(
            request,
            one.map(List::of).orElseGet(branches::all),
            branch -> new LotteryQuery.Actors(branch, most),
            ActorsFound.class)
        .thenApply(
            answers -> {
              ObjectNode json = Json.object();
              ArrayNode list = json.putArray("branches");
              answers
                  .found()
                  .forEach(
                      (branch, found) -> {
                        ObjectNode each = list.addObject().put("branch", branch.code());
                        each.set("draws", json(found.all().draws()));
                        each.set("players", json(found.all().players()));
                        ArrayNode largest = each.putArray("largest");
                        found.largest().forEach(actor -> largest.add(json(actor)));
                      });
              ArrayNode missing = json.putArray("missing");
              answers.missing().forEach(branch -> missing.add(branch.code()));
              return WebAnswer.json(200, json);
            });
  }

  private static ObjectNode json(Census.Kind kind) {
    return Json.object()
        .put("actors", kind.actors())
        .put("tickets", kind.tickets())
        .put("bytes", kind.bytes());
  }

  private static ObjectNode json(ActorSize actor) {
    return Json.object()
        .put("id", actor.id())
        .put("kind", actor.kind().name())
        .put("tickets", actor.tickets())
        .put("bytes", actor.bytes());
  }
}
