package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import io.elottery.keyvault.audit.AuditExport;
import io.elottery.keyvault.audit.AuditReport;
import io.elottery.keyvault.audit.AuditVerifier;
import io.elottery.lottery.canonical.JsonRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    if (!format.equals("json") && !format.equals("csv")) {
      throw new CommandFailed(ExitCode.USAGE, "--format is json or csv");
    }
    AuditExport export = collected();
    String text =
        format.equals("csv")
            ? export.csv()
            : new String(export.json(), StandardCharsets.UTF_8) + "\n";
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

  @Command(
      name = "verify",
      description = {
        "Checks an exported file offline, with nothing else trusted.",
        "Exit status 6 when a byte of it is not as mains of the network wrote it."
      })
  int verify(
      @Parameters(index = "0", paramLabel = "FILE") Path file,
      @Option(
              names = "--authority",
              paramLabel = "SHA256",
              description = "The network's authority, where you know it.")
          Optional<String> authority)
      throws CommandFailed {
    AuditReport report;
    try {
      report = AuditVerifier.verify(Files.readAllBytes(file), authority);
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.USAGE, file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
    ObjectNode tree = AuditTexts.tree(report);
    invocation.output().print(invocation.out(), tree, () -> AuditTexts.text(report));
    return (tree.path("verified").asBoolean() ? ExitCode.DONE : ExitCode.VERIFICATION_FAILED)
        .number();
  }

  // Main gives a long trail in parts; the one that holds nothing more ends it.
  private AuditExport collected() throws CommandFailed {
    AuditExport file = part("");
    while (!file.records().isEmpty()) {
      long next = file.records().get(file.records().size() - 1).number() + 1;
      AuditExport later = part("?from=" + next + "&first=1");
      file = file.and(later);
      if (later.records().isEmpty()) {
        break;
      }
    }
    return file;
  }

  private AuditExport part(String query) throws CommandFailed {
    String text = invocation.staff().get(PATH + "/export" + query).text();
    try {
      return AuditExport.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonRefused odd) {
      throw new CommandFailed(ExitCode.FAILED, "this is no audit export: " + odd.getMessage(), odd);
    }
  }

  private static String or(JsonNode item, String field) {
    String text = item.path(field).asText("");
    return text.isEmpty() ? "-" : text;
  }
}
