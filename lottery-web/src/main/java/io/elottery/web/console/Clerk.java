package io.elottery.web.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.console.view.ConsoleFrame;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.staff.OfficeAnswer;
import io.elottery.web.staff.OfficeCall;
import io.elottery.web.staff.OfficeLine;
import io.elottery.web.staff.StaffMember;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Somebody of the staff at a page: who, with which request, and the line to main. */
record Clerk(WebRequest request, String token, StaffMember member, OfficeLine office) {
  /** Asks main for something to show; whatever main answers is an answer. */
  CompletableFuture<OfficeAnswer> get(String path) {
    return office.ask(request, OfficeCall.get(token, path));
  }

  /** The same, with parameters. */
  CompletableFuture<OfficeAnswer> get(String path, Map<String, String> query) {
    return office.ask(request, OfficeCall.get(token, path).with(query));
  }

  /** Asks main to do something. */
  CompletableFuture<OfficeAnswer> post(String path, ObjectNode body) {
    return office.ask(request, OfficeCall.post(token, path, body));
  }

  /** Asks main with any method. */
  CompletableFuture<OfficeAnswer> send(String method, String path, ObjectNode body) {
    return office.ask(request, new OfficeCall(token, method, path, Map.of(), body));
  }

  ConsoleFrame frame(String title, String active) {
    return new ConsoleFrame(
        title,
        active,
        Optional.of(new ConsoleFrame.Who(member.name(), member.rolesText(), member.isOfficer())));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Clerk[" + member.name() + "]";
  }
}
