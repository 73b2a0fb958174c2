package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.cluster.Shipped;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import io.elottery.lottery.odds.Chance;
import io.elottery.lottery.odds.Odds;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.RulesRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery games …}. */
@Command(name = "games", description = "Lists games, prints their odds, imports past results.")
final class Games {
  private final Invocation invocation;

  Games(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Lists the games of a running network.")
  int list() throws CommandFailed {
    JsonNode games = invocation.site().get("/api/v1/games").json();
    Table table = new Table("GAME", "TITLE", "PRICE", "POOLS");
    for (JsonNode game : games.path("items")) {
      List<String> pools = new ArrayList<>();
      game.path("pools")
          .forEach(
              pool ->
                  pools.add(
                      pool.path("pick").asText()
                          + " of "
                          + pool.path("of").asText()
                          + " "
                          + pool.path("name").asText()));
      table.row(
          game.path("name").asText(),
          game.path("title").asText(),
          Money.text(game.path("price"), game.path("currency").asText()),
          String.join(" + ", pools));
    }
    invocation.output().print(invocation.out(), games, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "odds", description = "Prints the exact odds of every tier; needs no network.")
  int odds(
      @Parameters(paramLabel = "GAME", description = "powerball, lotto649, …") String game,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "The game's YAML, if not shipped.")
          Optional<Path> file)
      throws CommandFailed {
    Odds odds = Odds.of(rules(file.isPresent() ? file.get() : Shipped.game(game)).rules());
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode tiers = tree.put("game", game).putArray("tiers");
    Table table = new Table("TIER", "ODDS");
    for (Chance chance : odds.tiers()) {
      table.row(chance.name(), chance.text());
      tiers.add(tree(chance));
    }
    table.row("overall", odds.overall().text());
    tree.set("overall", tree(odds.overall()));
    invocation.output().print(invocation.out(), tree, table::text);
    return ExitCode.DONE.number();
  }

  @Command(
      name = "import-results",
      description = "Imports past results from a file of that lottery; all of it or nothing.")
  int importResults(
      @Parameters(index = "0", paramLabel = "GAME") String game,
      @Parameters(index = "1", paramLabel = "FILE", description = "CSV; - for standard input.")
          String file)
      throws CommandFailed {
    byte[] csv = file.equals("-") ? standardInput() : bytes(Path.of(file));
    JsonNode done =
        invocation
            .staffAs("operations")
            .send("POST", "/api/v1/games/" + game + "/results", csv, "text/csv")
            .json();
    invocation
        .output()
        .print(
            invocation.out(),
            done,
            () -> "imported " + done.path("imported").asText("all") + " results of " + game + "\n");
    return ExitCode.DONE.number();
  }

  private static ObjectNode tree(Chance chance) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", chance.name())
        .put("favourable", chance.favourable().toString())
        .put("total", chance.total().toString())
        .put("oneIn", chance.oneIn().toPlainString());
  }

  private static GameFile rules(Path file) throws CommandFailed {
    try {
      return GameFile.fromYaml(Files.readString(file));
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, "cannot read " + unreadable.getMessage(), unreadable);
    } catch (RulesRefused refused) {
      throw new CommandFailed(ExitCode.REFUSED, file + ": " + refused.getMessage(), refused);
    }
  }

  private static byte[] standardInput() throws CommandFailed {
    try {
      return System.in.readAllBytes();
    } catch (IOException broken) {
      throw new CommandFailed(ExitCode.FAILED, "standard input: " + broken, broken);
    }
  }

  private static byte[] bytes(Path file) throws CommandFailed {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, "cannot read " + unreadable.getMessage(), unreadable);
    }
  }
}
