package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery keys certificates}: the forecast, and revoking one. */
@Command(
    name = "certificates",
    description = "Says which certificate ends when; revokes a server's at once.")
final class Certificates implements Callable<Integer> {
  private static final String PATH = "/api/v1/certificates";

  private final Invocation invocation;

  @Option(
      names = "--revoke",
      paramLabel = "SERVER",
      description = "Shuts a server out at once; takes one officer, a second confirms it.")
  private Optional<String> revoked = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; with --revoke.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--confirm",
      paramLabel = "ID",
      description = "Confirms, as the second officer, what another one revoked.")
  private Optional<String> confirmed = Optional.empty();

  Certificates(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (confirmed.isPresent()) {
      return confirm(confirmed.get());
    }
    return revoked.isPresent() ? revoke(revoked.get()) : forecast();
  }

  private int confirm(String id) throws CommandFailed {
    String path = PATH + "/revocations/" + Words.encoded(id) + "/confirm";
    JsonNode answer = invocation.staff().post(path, "{}").json();
    invocation.output().print(invocation.out(), answer, () -> id + " is confirmed\n");
    return ExitCode.DONE.number();
  }

  private int revoke(String server) throws CommandFailed {
    if (reason.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "say why: --reason TEXT");
    }
    String body = JsonNodeFactory.instance.objectNode().put("reason", reason.get()).toString();
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
                    + " is revoked; servers that have not heard it yet: "
                    + Words.joined(answer.path("waiting"))
                    + "\nA second officer confirms it: elottery keys certificates --confirm "
                    + answer.path("id").asText()
                    + " --as NAME\n");
    return ExitCode.DONE.number();
  }

  private int forecast() throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH).json();
    Table table = new Table("SERVER", "ROLE", "SERIAL", "ENDS", "RENEWED AT", "STATE", "WHY");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("node").asText(),
          item.path("role").asText(),
          item.path("serial").asText(),
          item.path("notAfter").asText(),
          item.path("renewsAt").asText("-"),
          item.path("state").asText(),
          item.path("why").asText(""));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }
}
