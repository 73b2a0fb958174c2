package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery actors}: what draws and players take in memory. */
@Command(
    name = "actors",
    description = {
      "Shows what draws and players take in the memory of each worker that holds their shard.",
      "Sizes are estimates from the number of tickets and numbers; metrics have them by worker."
    })
final class Actors implements Callable<Integer> {
  private static final long KIB = 1024;

  private final Invocation invocation;

  @Option(names = "--branch", paramLabel = "BRANCH", description = "Only this branch.")
  private Optional<String> branch = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many of each branch's largest (default ${DEFAULT-VALUE}).")
  private int limit = 5;

  Actors(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    String path =
        "/api/v1/actors?limit="
            + limit
            + branch.map(code -> "&branch=" + Words.encoded(code)).orElse("");
    JsonNode answer = invocation.staff().get(path).json();
    Table table = new Table("BRANCH", "ACTOR", "TICKETS", "MEMORY");
    for (JsonNode each : answer.path("branches")) {
      String code = each.path("branch").asText();
      row(table, code, counted(each.path("draws"), "draw"), each.path("draws"));
      row(table, code, counted(each.path("players"), "player"), each.path("players"));
      for (JsonNode actor : each.path("largest")) {
        row(table, code, "  " + actor.path("id").asText(), actor);
      }
    }
    invocation.output().print(invocation.out(), answer, () -> table.text() + missing(answer));
    return ExitCode.DONE.number();
  }

  private static String counted(JsonNode kind, String what) {
    long actors = kind.path("actors").asLong();
    return actors + " " + what + (actors == 1 ? "" : "s");
  }

  private static void row(Table table, String branch, String actor, JsonNode sizes) {
    table.row(
        branch,
        actor,
        Long.toString(sizes.path("tickets").asLong()),
        size(sizes.path("bytes").asLong()));
  }

  private static String missing(JsonNode answer) {
    return answer.path("missing").isEmpty()
        ? ""
        : "no answer from " + Words.joined(answer.path("missing")) + "\n";
  }

  private static String size(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
  }
}
