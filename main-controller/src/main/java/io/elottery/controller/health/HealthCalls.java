package io.elottery.controller.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.time.Timer;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code GET /troubles} and {@code GET /events}, answered by whichever main is asked. On main's
 * loop.
 */
final class HealthCalls {
  /** Anybody of the staff may know what is wrong. */
  static final Set<StaffRole> READERS = Set.of(StaffRole.values());

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;
  private static final int WAIT_MAX_SECONDS = 10;
  private static final int WAITERS_MAX = 1_000;

  private final HealthPorts ports;
  private final EventDesk events;
  private final TroubleDesk troubles;
  private final List<Waiter> waiters = new ArrayList<>();
  private Function<Trouble, Optional<ObjectNode>> mutes = trouble -> Optional.empty();

  private record Waiter(
      long after, Priority least, int limit, CompletableFuture<StaffAnswer> answer, Timer timer) {}

  HealthCalls(HealthPorts ports, EventDesk events, TroubleDesk troubles) {
    this.ports = ports;
    this.events = events;
    this.troubles = troubles;
  }

  /** Who muted a trouble is shown beside it. */
  void mutedBy(Function<Trouble, Optional<ObjectNode>> shown) {
    mutes = shown;
  }

  void addTo(StaffCalls calls) {
    calls.addHere("GET", "/troubles", READERS, this::troubles);
    calls.addHere("GET", "/events", READERS, this::events);
    events.tell(event -> wake());
  }

  private CompletableFuture<StaffAnswer> troubles(StaffRequest request) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    for (Trouble trouble : troubles.troubles()) {
      ObjectNode json = trouble.json();
      json.set("mute", mutes.apply(trouble).<JsonNode>map(mute -> mute).orElse(json.nullNode()));
      items.add(json);
    }
    body.putNull("next");
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }

  // With "after" those that follow, waiting for the first when there is none yet; else the newest.
  private CompletableFuture<StaffAnswer> events(StaffRequest request) {
    try {
      int limit = (int) Math.max(1, Math.min(PAGE_MAX, number(request, "limit", PAGE)));
      Priority least = least(request);
      if (!request.query().containsKey("after")) {
        return CompletableFuture.completedFuture(answer(events.newest(least, limit), 0));
      }
      long after = number(request, "after", 0);
      List<Event> there = events.after(after, least, limit);
      long wait = Math.min(WAIT_MAX_SECONDS, number(request, "wait", 0));
      if (!there.isEmpty() || wait == 0 || waiters.size() >= WAITERS_MAX) {
        return CompletableFuture.completedFuture(answer(there, limit));
      }
      return later(after, least, limit, Duration.ofSeconds(wait));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> later(
      long after, Priority least, int limit, Duration wait) {
    CompletableFuture<StaffAnswer> answer = new CompletableFuture<>();
    Timer timer = ports.loop().after(wait, () -> answer.complete(answer(List.of(), limit)));
    Waiter waiter = new Waiter(after, least, limit, answer, timer);
    waiters.add(waiter);
    return answer.whenComplete((done, problem) -> waiters.remove(waiter));
  }

  private void wake() {
    for (Waiter waiter : List.copyOf(waiters)) {
      List<Event> there = events.after(waiter.after, waiter.least, waiter.limit);
      if (!there.isEmpty()) {
        waiter.timer.cancel();
        waiter.answer.complete(answer(there, waiter.limit));
      }
    }
  }

  private static StaffAnswer answer(List<Event> found, int limit) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    found.forEach(event -> items.add(event.json()));
    boolean more = !found.isEmpty() && found.size() == limit;
    body.put("next", more ? String.valueOf(found.get(found.size() - 1).number()) : null);
    return StaffAnswer.ok(body);
  }

  private static Priority least(StaffRequest request) throws ActionRefused {
    String text = request.query().getOrDefault("severity", "");
    try {
      return text.isEmpty() ? Priority.ROUTINE : Priority.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw ActionRefused.invalid(
          "severity", "Expected critical, warning, notice or routine in \"severity\".");
    }
  }

  private static long number(StaffRequest request, String name, long otherwise)
      throws ActionRefused {
    String text = request.query().getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw ActionRefused.invalid(name, "Expected a number in \"" + name + "\".");
    }
    return Long.parseLong(text);
  }
}
