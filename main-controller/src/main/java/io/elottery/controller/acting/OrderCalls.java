package io.elottery.controller.acting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.capacity.CapacityResult;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the staff may ask about orders, and order themselves: a worker's rest, its return, a test.
 * On main's loop.
 */
final class OrderCalls {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int REASON_MAX = 500;
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
  private static final Set<StaffRole> MOVERS = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);

  private final ActingPorts ports;
  private final OrderBook book;
  private final ConservationDesk conservation;
  private final CapacityDesk capacity;
  private final Function<AuditEntry, CompletableFuture<Void>> audit;

  OrderCalls(
      ActingPorts ports,
      OrderBook book,
      ConservationDesk conservation,
      CapacityDesk capacity,
      Function<AuditEntry, CompletableFuture<Void>> audit) {
    this.ports = ports;
    this.book = book;
    this.conservation = conservation;
    this.capacity = capacity;
    this.audit = audit;
  }

  void addTo(StaffCalls calls) {
    calls.add("GET", "/orders", READERS, this::list);
    calls.add("GET", "/orders/{name}", READERS, this::show);
    calls.add("GET", "/servers/{id}/rest", READERS, this::rest);
    calls.add("POST", "/servers/{id}/conserve", MOVERS, this::conserve);
    calls.add("POST", "/servers/{id}/release", MOVERS, this::release);
    calls.add("POST", "/servers/{id}/test", MOVERS, this::test);
    calls.add("GET", "/servers/{id}/capacity", READERS, this::lastTest);
  }

  private CompletableFuture<StaffAnswer> list(StaffRequest request) {
    String worker = request.query().getOrDefault("worker", "");
    ArrayNode items = JSON.arrayNode();
    for (OrderRecord record : book.all()) {
      if (worker.isEmpty() || record.order().target().name().equals(worker)) {
        items.add(json(record));
      }
    }
    ObjectNode body = JSON.objectNode();
    body.set("items", items);
    body.putNull("next");
    return done(StaffAnswer.ok(body));
  }

  private CompletableFuture<StaffAnswer> show(StaffRequest request) {
    return done(
        book.find(request.part("name"))
            .map(record -> StaffAnswer.ok(json(record)))
            .orElseGet(
                () -> StaffAnswer.notFound("No order " + request.part("name") + " is kept.")));
  }

  private CompletableFuture<StaffAnswer> rest(StaffRequest request) {
    return answered(() -> StaffAnswer.ok(rest(worker(request))));
  }

  private CompletableFuture<StaffAnswer> conserve(StaffRequest request) {
    return audited(
        request,
        "SERVERS_CONSERVE",
        () -> {
          NodeId worker = worker(request);
          conservation.conserve(
              worker, request.required("reason", REASON_MAX), request.who().name());
          return StaffAnswer.accepted(rest(worker));
        });
  }

  private CompletableFuture<StaffAnswer> release(StaffRequest request) {
    return audited(
        request,
        "SERVERS_RELEASE",
        () -> {
          NodeId worker = worker(request);
          conservation.release(worker, request.who().name());
          capacity.forgive(worker);
          return StaffAnswer.accepted(rest(worker));
        });
  }

  private CompletableFuture<StaffAnswer> test(StaffRequest request) {
    return audited(
        request,
        "SERVERS_TEST",
        () -> {
          NodeId worker = worker(request);
          return capacity
              .test(worker, request.who().name() + " asked for it")
              .map(record -> StaffAnswer.accepted(json(book.find(record.name()).orElse(record))))
              .orElseGet(
                  () -> StaffAnswer.unavailable("NO_LEADER", "This main acts no longer for LEFT."));
        });
  }

  private CompletableFuture<StaffAnswer> lastTest(StaffRequest request) {
    return answered(
        () -> {
          NodeId worker = worker(request);
          return capacity
              .last(worker)
              .map(result -> StaffAnswer.ok(json(result)))
              .orElseGet(() -> StaffAnswer.notFound(worker + " was never tested."));
        });
  }

  private ObjectNode rest(NodeId worker) {
    Optional<Conservation> is = conservation.of(worker);
    ObjectNode json = JSON.objectNode().put("worker", worker.name());
    Optional.ofNullable(ports.judgements().get().get(worker))
        .map(Judgement::verdict)
        .ifPresent(verdict -> json.put("verdict", verdict.name()));
    ArrayNode writes = json.putArray("writes");
    conservation.writes(worker).forEach(writes::add);
    boolean isSo = is.isPresent() ? conservation.isDone(worker) : !isResting(worker);
    json.put("wanted", is.isPresent())
        .put("reason", is.map(Conservation::reason).orElse(""))
        .put("since", is.map(one -> one.since().toString()).orElse(""))
        .put("done", isSo && !conservation.isUnderWay(worker))
        .put("blockedBy", is.isPresent() ? conservation.blockedBy(worker) : "");
    return json;
  }

  private boolean isResting(NodeId worker) {
    return Optional.ofNullable(ports.judgements().get().get(worker))
        .filter(one -> one.verdict() == Verdict.CONSERVED)
        .isPresent();
  }

  static ObjectNode json(OrderRecord record) {
    return JSON.objectNode()
        .put("order", record.name())
        .put("kind", record.order().kind().name())
        .put("target", record.order().target().name())
        .put("hemisphere", record.order().hemisphere().name())
        .put("fence", record.order().fence())
        .put("state", record.state().name())
        .put("givenAt", record.givenAt().toString())
        .put("changedAt", record.changedAt().toString())
        .put("cause", record.order().cause())
        .put("detail", record.order().detail())
        .put("outcome", record.outcome());
  }

  static ObjectNode json(CapacityResult result) {
    CapacityResult.Figures figures = result.figures();
    ObjectNode json =
        JSON.objectNode()
            .put("worker", result.worker().name())
            .put("order", "LEFT-" + result.order())
            .put("at", result.at().toString())
            .put("passed", result.passed());
    ArrayNode failures = json.putArray("failures");
    result.failures().forEach(failures::add);
    json.put("flushMedianMillis", millis(figures.flushMedian()))
        .put("flushP99Millis", millis(figures.flushP99()))
        .put("flushMaxMillis", millis(figures.flushMax()))
        .put("sealedMebibytesPerSecond", figures.sealedPerSecond())
        .put("signaturesPerSecond", figures.signaturesPerSecond())
        .put("checksPerSecond", figures.checksPerSecond())
        .put("linkMedianMillis", millis(figures.linkMedian()))
        .put("linkMaxMillis", millis(figures.linkMax()))
        .put("linksSilent", figures.linksSilent())
        .put("canaryMaxMillis", millis(figures.canaryMax()))
        .put("canaries", figures.canaries())
        .put("canariesLost", figures.canariesLost());
    return json;
  }

  private NodeId worker(StaffRequest request) throws ActionRefused {
    String name = request.part("id");
    return ports.workers().get().stream()
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ActionRefused.notFound("There is no worker \"" + name + "\"."));
  }

  // Audited before it is answered; what is refused is not done and not audited.
  private CompletableFuture<StaffAnswer> audited(
      StaffRequest request, String what, Refusable work) {
    return answered(work)
        .thenCompose(
            answer ->
                answer.status() >= 300
                    ? done(answer)
                    : audit
                        .apply(
                            AuditEntry.done(
                                request.who().name(),
                                what,
                                request.part("id"),
                                request.text("reason").orElse("")))
                        .thenApply(recorded -> answer));
  }

  private static CompletableFuture<StaffAnswer> answered(Refusable work) {
    try {
      return done(work.answer());
    } catch (ActionRefused refused) {
      return done(refused.answer());
    }
  }

  private static CompletableFuture<StaffAnswer> done(StaffAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 10_000 / 100.0;
  }

  private interface Refusable {
    StaffAnswer answer() throws ActionRefused;
  }
}
