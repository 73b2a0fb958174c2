package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery staff …}: who may do what. */
@Command(name = "staff", description = "Shows the staff; adds, changes and disables its members.")
final class Staff {
  private static final String PATH = "/api/v1/staff";

  private final Invocation invocation;

  Staff(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Lists the staff.")
  int list() throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH).json();
    Table table = new Table("NAME", "PERSON", "ROLES", "BRANCH", "PIECES OF", "SIGNS IN BY");
    for (JsonNode member : answer.path("items")) {
      table.row(
          member.path("name").asText(),
          member.path("person").asText(),
          Words.joined(member.path("roles")),
          or(member, "branch"),
          or(member, "set"),
          member.path("disabled").asBoolean() ? "disabled" : or(member, "signsIn"));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "me", description = "Says who is asking and in which roles.")
  int me() throws CommandFailed {
    JsonNode me = invocation.staff().get(PATH + "/me").json();
    invocation
        .output()
        .print(
            invocation.out(),
            me,
            () -> me.path("name").asText() + ": " + Words.joined(me.path("roles")) + "\n");
    return ExitCode.DONE.number();
  }

  @Command(
      name = "add",
      description = {
        "Proposes a new member; a second person approves.",
        "Once approved, `elottery approvals show ID` shows the proposer the invitation, once."
      })
  int add(
      @Parameters(index = "0", paramLabel = "NAME", description = "Signs in by it.") String name,
      @Option(
              names = "--person",
              required = true,
              paramLabel = "TEXT",
              description = "Who it is; two names of one person never count as two people.")
          String person,
      @Option(names = "--role", required = true, split = ",", paramLabel = "ROLE")
          List<String> roles,
      @Option(names = "--branch", paramLabel = "BRANCH", description = "Of an operator.")
          Optional<String> branch)
      throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name).put("person", person);
    putRoles(body, roles);
    branch.ifPresent(code -> body.put("branch", code));
    return Proposed.print(invocation, invocation.staff().post(PATH, body.toString()).json());
  }

  @Command(name = "roles", description = "Proposes other roles for a member.")
  int roles(
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ROLE") List<String> roles)
      throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    putRoles(body, roles);
    String path = PATH + "/" + Words.encoded(name) + "/roles";
    return Proposed.print(invocation, invocation.staff().send("PUT", path, body.toString()).json());
  }

  @Command(name = "enable", description = "Proposes to give a disabled member access again.")
  int enable(@Parameters(index = "0", paramLabel = "NAME") String name) throws CommandFailed {
    return again(name, "/enable");
  }

  @Command(
      name = "invite",
      description = "Proposes a new invitation, for a lost password or token.")
  int invite(@Parameters(index = "0", paramLabel = "NAME") String name) throws CommandFailed {
    return again(name, "/invite");
  }

  private int again(String name, String what) throws CommandFailed {
    String path = PATH + "/" + Words.encoded(name) + what;
    return Proposed.print(invocation, invocation.staff().post(path, "{}").json());
  }

  @Command(
      name = "disable",
      description = "Takes a member's access away at once; takes one officer.")
  int disable(
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "TEXT") String reason)
      throws CommandFailed {
    String body = JsonNodeFactory.instance.objectNode().put("reason", reason).toString();
    JsonNode answer =
        invocation.staff().post(PATH + "/" + Words.encoded(name) + "/disable", body).json();
    invocation.output().print(invocation.out(), answer, () -> name + " is disabled\n");
    return ExitCode.DONE.number();
  }

  private static void putRoles(ObjectNode body, List<String> roles) {
    ArrayNode list = body.putArray("roles");
    roles.forEach(list::add);
  }

  private static String or(JsonNode member, String field) {
    String text = member.path(field).asText("");
    return text.isEmpty() || text.equals("null") ? "-" : text;
  }
}
