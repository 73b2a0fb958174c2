package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.people.Sessions;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffChange;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The calls under {@code /staff}, but for signing in. */
final class PeopleCalls {
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.OPERATIONS);
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);
  private static final int REASON_MAX = 300;

  private final StaffDesk desk;
  private final StaffDesk.Ports ports;
  private final OfficeRecord<StaffBook> book;
  private final OfficeRecord<Sessions> sessions;
  private final ApprovedActions actions;

  PeopleCalls(
      StaffDesk desk,
      StaffDesk.Ports ports,
      OfficeRecord<StaffBook> book,
      OfficeRecord<Sessions> sessions,
      ApprovedActions actions) {
    this.desk = desk;
    this.ports = ports;
    this.book = book;
    this.sessions = sessions;
    this.actions = actions;
  }

  void addTo(StaffCalls calls) {
    calls.addHere(
        "GET",
        "/staff/me",
        StaffMember.everyRole(),
        request -> CompletableFuture.completedFuture(StaffAnswer.ok(StaffJson.of(request.who()))));
    calls.add("GET", "/staff", READERS, request -> list());
    calls.add("POST", "/staff", OFFICERS, this::add);
    calls.add(
        "PUT",
        "/staff/{name}/roles",
        OFFICERS,
        request ->
            proposed(
                request,
                () ->
                    new StaffChange.Roles(request.part("name"), StaffJson.roles(request.body()))));
    calls.add(
        "POST",
        "/staff/{name}/enable",
        OFFICERS,
        request -> proposed(request, () -> new StaffChange.Enable(request.part("name"))));
    calls.add(
        "POST",
        "/staff/{name}/invite",
        OFFICERS,
        request -> proposed(request, () -> new StaffChange.Invite(request.part("name"))));
    calls.add("POST", "/staff/{name}/disable", OFFICERS, this::disable);
  }

  private CompletableFuture<StaffAnswer> list() {
    if (book.value().isEmpty()) {
      return CompletableFuture.failedFuture(StaffDesk.notReady());
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    book.value().orElseThrow().members().values().forEach(one -> items.add(StaffJson.of(one)));
    return CompletableFuture.completedFuture(StaffAnswer.ok(body));
  }

  private CompletableFuture<StaffAnswer> add(StaffRequest request) {
    return proposed(
        request,
        () ->
            StaffJson.added(
                request.required("name", 32),
                request.required("person", 80),
                StaffJson.roles(request.body()),
                request.text("branch").orElse("")));
  }

  private CompletableFuture<StaffAnswer> proposed(StaffRequest request, Reading reading) {
    try {
      return actions.proposeFor(
          request.who(), StaffChanges.KIND, StaffJson.action(reading.change()));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  // At once, by one officer: what was wrong about it can be mended by two.
  private CompletableFuture<StaffAnswer> disable(StaffRequest request) {
    String name = request.part("name");
    String reason;
    try {
      reason = request.required("reason", REASON_MAX);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return desk.changeBook(now -> now.disabled(name))
        .thenCompose(
            done -> {
              ports
                  .audit()
                  .recordLater(
                      AuditEntry.done(request.who().name(), "STAFF_DISABLED", name, reason));
              return sessions.change(
                  open -> new OfficeRecord.Outcome<>(open.endedOf(name), StaffAnswer.nothing()));
            })
        // Sessions of a disabled member are worth nothing, whether they could be ended or not.
        .exceptionallyCompose(
            problem ->
                desk.named(name).filter(StaffMember::disabled).isPresent()
                    ? CompletableFuture.completedFuture(StaffAnswer.nothing())
                    : CompletableFuture.failedFuture(problem));
  }

  private interface Reading {
    StaffChange change() throws ActionRefused;
  }
}
