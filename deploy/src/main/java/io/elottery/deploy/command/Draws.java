package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery draws …}. */
@Command(
    name = "draws",
    description = "Lists, shows, finds, closes and voids draws, and fetches their bundles.")
final class Draws {
  private static final int PAGES_MAX = 100;

  private final Invocation invocation;

  Draws(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Lists draws.")
  int list(
      @Option(names = "--game", paramLabel = "GAME") Optional<String> game,
      @Option(names = "--branch", paramLabel = "BRANCH") Optional<String> branch,
      @Option(names = "--state", paramLabel = "STATE", description = "OPEN, CLOSED, CERTIFIED, …")
          Optional<String> state)
      throws CommandFailed {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode items = all.putArray("items");
    String query = query("game", game) + query("branch", branch) + query("state", state);
    String cursor = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      JsonNode answer = invocation.site().get("/api/v1/draws?limit=100" + query + cursor).json();
      answer.path("items").forEach(items::add);
      if (!answer.path("next").isTextual()) {
        break;
      }
      cursor = "&cursor=" + encoded(answer.path("next").asText());
    }
    Table table = new Table("GAME", "DRAW", "STATE", "CLOSES", "SOLD", "CAPACITY");
    for (JsonNode draw : items) {
      table.row(
          draw.path("game").asText(),
          draw.path("id").asText(),
          draw.path("state").asText(),
          draw.path("closesAt").asText(),
          draw.path("sold").asText(),
          draw.path("capacity").asText());
    }
    invocation.output().print(invocation.out(), all, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "show", description = "Shows a draw, its shard and who writes for it.")
  int show(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "ID") String id)
      throws CommandFailed {
    JsonNode answer =
        invocation.site().get("/api/v1/draws/" + encoded(game) + "/" + encoded(id)).json();
    ObjectNode draw = JsonNodeFactory.instance.objectNode();
    answer.fields().forEachRemaining(field -> draw.set(field.getKey(), field.getValue()));
    JsonNode network = invocation.staffAs("operations").get("/api/v1/network").json();
    for (JsonNode shard : network.path("shards")) {
      if (shard.path("id").asText().equals(draw.path("shard").asText())) {
        draw.set("writer", shard.path("writer"));
      }
    }
    Table table = new Table("WHAT", "VALUE");
    draw.fields()
        .forEachRemaining(
            field ->
                table.row(
                    field.getKey(),
                    field.getValue().isValueNode()
                        ? field.getValue().asText()
                        : field.getValue().toString()));
    invocation.output().print(invocation.out(), draw, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "history", description = "Shows what happened to a draw, the first first.")
  int history(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "ID") String id)
      throws CommandFailed {
    JsonNode answer =
        invocation
            .site()
            .get("/api/v1/draws/" + encoded(game) + "/" + encoded(id) + "/history")
            .json();
    Table table = new Table("WHEN", "WHAT", "POSITION", "");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("at").asText(),
          item.path("kind").asText(),
          item.path("position").asText(),
          facts(item.path("facts")));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(
      name = "search",
      description = {
        "Finds draws by words: game, id, branch, slot, date (2026-11-21), state, drawn numbers.",
        "Each word must fit; the latest first."
      })
  int search(
      @Parameters(arity = "1..*", paramLabel = "WORD") List<String> words,
      @Option(names = "--branch", paramLabel = "BRANCH") Optional<String> branch,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "20") int limit)
      throws CommandFailed {
    JsonNode answer =
        invocation
            .site()
            .get(
                "/api/v1/search?q="
                    + encoded(String.join(" ", words))
                    + "&limit="
                    + limit
                    + query("branch", branch))
            .json();
    Table table = new Table("GAME", "DRAW", "STATE", "SINCE", "TICKETS", "NUMBERS");
    for (JsonNode found : answer.path("branches")) {
      for (JsonNode draw : found.path("items")) {
        table.row(
            draw.path("game").asText(),
            draw.path("id").asText(),
            draw.path("state").asText(),
            draw.path("since").asText(),
            draw.path("tickets").asText(),
            facts(draw.path("numbers")));
      }
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  private static String facts(JsonNode facts) {
    StringJoiner text = new StringJoiner(", ");
    facts
        .fields()
        .forEachRemaining(fact -> text.add(fact.getKey() + " " + fact.getValue().asText()));
    return text.toString();
  }

  @Command(name = "close", description = "Closes a draw now; its winning numbers are made at once.")
  int close(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "ID") String id)
      throws CommandFailed {
    JsonNode closed =
        invocation
            .siteAs("operator")
            .post("/api/v1/draws/" + encoded(game) + "/" + encoded(id) + "/close", "{}")
            .json();
    invocation.output().print(invocation.out(), closed, () -> game + ":" + id + " is closed\n");
    return ExitCode.DONE.number();
  }

  @Command(
      name = "void",
      description = {
        "Proposes to void a stalled draw; a second officer approves.",
        "All stakes go back and no numbers are drawn."
      })
  int voided(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, paramLabel = "TEXT") String reason)
      throws CommandFailed {
    String body = JsonNodeFactory.instance.objectNode().put("reason", reason).toString();
    String path = "/api/v1/draws/" + encoded(game) + "/" + encoded(id) + "/void";
    return Proposed.print(invocation, invocation.staff().post(path, body).json());
  }

  @Command(
      name = "bundle",
      description = "Prints the evidence file of a draw: see `elottery verify`.")
  int bundle(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "ID") String id)
      throws CommandFailed {
    // Byte for byte as published, whatever the output format: a bundle is canonical JSON.
    invocation
        .out()
        .print(
            invocation
                .site()
                .get("/api/v1/draws/" + encoded(game) + "/" + encoded(id) + "/bundle")
                .text());
    invocation.out().flush();
    return ExitCode.DONE.number();
  }

  private static String query(String name, Optional<String> value) {
    return value.map(given -> "&" + name + "=" + encoded(given)).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
