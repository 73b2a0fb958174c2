package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery audit …}: what the staff did. */
@Command(name = "audit", description = "Lists, exports and verifies what the staff did.")
final class Audit {
  private static final String PATH = "/api/v1/audit";

  private final Invocation invocation;

  Audit(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Lists records of the audit trail.")
  int list(
      @Option(names = "--from", paramLabel = "NUMBER", description = "The first record's number.")
          Optional<Long> from,
      @Option(names = "--limit", defaultValue = "50", paramLabel = "N") int limit)
      throws CommandFailed {
    String query = "?limit=" + limit + from.map(number -> "&from=" + number).orElse("");
    JsonNode answer = invocation.staff().get(PATH + query).json();
    Table table =
        new Table("NUMBER", "AT", "WHO", "APPROVED BY", "WHAT", "TARGET", "RESULT", "DETAIL");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("number").asText(),
          item.path("at").asText(),
          item.path("who").asText(),
          or(item, "approvedBy"),
          item.path("what").asText(),
          or(item, "target"),
          item.path("result").asText(),
          Words.firstLine(item.path("detail").asText("")));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(
      name = "export",
      description = "Prints the whole trail with the certificates that prove it.")
  int export(
      @Option(names = "--format", defaultValue = "json", paramLabel = "json|csv") String format,
      @Option(names = "--to", paramLabel = "FILE", description = "Into a new file.")
          Optional<Path> file)
      throws CommandFailed {
    String text = invocation.staff().get(PATH + "/export?format=" + Words.encoded(format)).text();
    if (file.isEmpty()) {
      // As it came, whatever the output format: a verifier reads it.
      invocation.out().print(text);
      invocation.out().flush();
      return ExitCode.DONE.number();
    }
    try {
      Files.write(
          file.get(),
          text.getBytes(StandardCharsets.UTF_8),
          java.nio.file.StandardOpenOption.CREATE_NEW);
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write " + file.get() + ": " + failed, failed);
    }
    invocation.err().println("written to " + file.get());
    return ExitCode.DONE.number();
  }

  private static String or(JsonNode item, String field) {
    String text = item.path(field).asText("");
    return text.isEmpty() ? "-" : text;
  }
}
