package io.elottery.controller.health;

import io.elottery.controller.draws.DrawLookup;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.id.DrawRef;
import io.elottery.reports.event.Event;
import io.elottery.reports.explain.DrawFacts;
import io.elottery.reports.explain.Explanation;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code GET /servers/{id}/explain}, {@code /links/{a},{b}/explain} and {@code
 * /draws/{game}/{id}/explain}, answered by whichever main is asked. On main's loop.
 */
final class ExplainCalls {
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final int EVENTS = 1_000; // looked through for those about it

  private final HealthPorts ports;
  private final EventDesk events;
  private final TroubleDesk troubles;
  private final Function<DrawRef, CompletableFuture<DrawLookup.Found>> draws;

  ExplainCalls(
      HealthPorts ports,
      EventDesk events,
      TroubleDesk troubles,
      Function<DrawRef, CompletableFuture<DrawLookup.Found>> draws) {
    this.ports = ports;
    this.events = events;
    this.troubles = troubles;
    this.draws = draws;
  }

  void addTo(StaffCalls calls) {
    calls.addHere(
        "GET",
        "/servers/{id}/explain",
        HealthCalls.READERS,
        request -> explained(request.part("id")));
    calls.addHere("GET", "/links/{ends}/explain", HealthCalls.READERS, this::link);
    calls.addHere("GET", "/draws/{game}/{id}/explain", HealthCalls.READERS, this::draw);
  }

  private CompletableFuture<StaffAnswer> link(StaffRequest request) {
    // Either order of the two ends names the link.
    return explained(String.join(",", new TreeSet<>(List.of(request.part("ends").split(",", -1)))));
  }

  private CompletableFuture<StaffAnswer> explained(String subject) {
    Optional<Explanation> found = Explanation.of(subject, troubles.picture(), recent());
    return found.isEmpty()
        ? CompletableFuture.failedFuture(
            ActionRefused.notFound(
                "There is no \""
                    + subject
                    + "\" here: expected a server, a half, a shard like shard-3, a link like"
                    + " worker-1,worker-2 between neighbours, vault, zookeeper or network."))
        : CompletableFuture.completedFuture(StaffAnswer.ok(found.get().json()));
  }

  private CompletableFuture<StaffAnswer> draw(StaffRequest request) {
    DrawRef draw;
    try {
      draw = DrawRef.of(request.part("game"), request.part("id"));
    } catch (IllegalArgumentException wrong) {
      return CompletableFuture.failedFuture(ActionRefused.notFound(wrong.getMessage() + "."));
    }
    Optional<Ring> ring = ports.ring().get();
    if (ring.isEmpty()) {
      return CompletableFuture.failedFuture(
          new ActionRefused(503, "NO_RING", "No shard is placed yet; ask again.", ""));
    }
    int shard = ring.get().shardOf(draw.actorKey()).number();
    return soon(draws.apply(draw))
        .thenCompose(
            found ->
                found.answer() == DrawLookup.Answer.NONE
                    ? CompletableFuture.failedFuture(
                        ActionRefused.notFound("There is no draw " + text(draw) + "."))
                    : CompletableFuture.completedFuture(
                        StaffAnswer.ok(
                            Explanation.of(
                                    new DrawFacts(text(draw), shard, found.known()),
                                    troubles.picture(),
                                    recent())
                                .json())));
  }

  // A shard that does not answer at once is part of the answer.
  private CompletableFuture<DrawLookup.Found> soon(CompletableFuture<DrawLookup.Found> asked) {
    CompletableFuture<DrawLookup.Found> first = new CompletableFuture<>();
    asked.whenComplete(
        (found, problem) -> first.complete(found == null ? DrawLookup.Found.SILENCE : found));
    ports.loop().after(PATIENCE, () -> first.complete(DrawLookup.Found.SILENCE));
    return first;
  }

  private static String text(DrawRef draw) {
    return draw.game() + "/" + draw.id();
  }

  private List<Event> recent() {
    return events.newest(Priority.ROUTINE, EVENTS);
  }
}
