package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code elottery servers …}: who is whose neighbour. */
@Command(name = "servers", description = "Links workers as neighbours, and unlinks them.")
final class ServerLinks {
  private final Invocation invocation;

  ServerLinks(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "link",
      description = "Proposes that two workers become neighbours, with a key of their own.")
  int link(
      @Parameters(index = "0", paramLabel = "WORKER") String one,
      @Parameters(index = "1", paramLabel = "WORKER") String other)
      throws CommandFailed {
    return propose("link", one, other);
  }

  @Command(
      name = "unlink",
      description = "Proposes that two workers are neighbours no more; their key is destroyed.")
  int unlink(
      @Parameters(index = "0", paramLabel = "WORKER") String one,
      @Parameters(index = "1", paramLabel = "WORKER") String other)
      throws CommandFailed {
    return propose("unlink", one, other);
  }

  private int propose(String what, String one, String other) throws CommandFailed {
    String body = JsonNodeFactory.instance.objectNode().put("a", one).put("b", other).toString();
    return Proposed.print(
        invocation, invocation.staff().post("/api/v1/servers/" + what, body).json());
  }
}
