package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery keys certificates}: the forecast, and revoking one. */
@Command(
    name = "certificates",
    description = "Says which certificate ends when; revokes a server's at once.")
final class Certificates implements Callable<Integer> {
  private static final String PATH = "/api/v1/certificates";

  private final Invocation invocation;

  @ArgGroup(exclusive = false)
  private Revoking revoking = new Revoking();

  /** A server whose key is in wrong hands. */
  static final class Revoking {
    @Option(
        names = "--revoke",
        paramLabel = "SERVER",
        description = "Takes one officer; a second confirms it as after `keys cut`.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; with --revoke.")
    private Optional<String> reason = Optional.empty();
  }

  Certificates(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    return revoking.server.isPresent() ? revoke(revoking.server.get()) : forecast();
  }

  private int revoke(String server) throws CommandFailed {
    if (revoking.reason.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "say why: --reason TEXT");
    }
    String body =
        JsonNodeFactory.instance.objectNode().put("reason", revoking.reason.get()).toString();
    JsonNode answer =
        invocation.staff().post(PATH + "/" + Words.encoded(server) + "/revoke", body).json();
    invocation
        .output()
        .print(
            invocation.out(),
            answer,
            () ->
                "the certificate of "
                    + server
                    + " is revoked\n"
                    + "A second officer confirms it: elottery keys confirm "
                    + answer.path("id").asText()
                    + " --as NAME\n");
    return ExitCode.DONE.number();
  }

  private int forecast() throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH).json();
    Table table = new Table("SERVER", "ROLE", "SERIAL", "ENDS", "RENEWED AT", "STATE");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("node").asText(),
          item.path("role").asText(),
          item.path("serial").asText(),
          item.path("notAfter").asText(),
          item.path("renewsAt").asText("-"),
          item.path("state").asText());
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }
}
