package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery keys …}: the pair keys of links. */
@Command(name = "keys", description = "Shows, rotates and cuts the keys of links.")
final class Keys {
  static final String PATH = "/api/v1/keys";

  private final Invocation invocation;

  private Keys(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandLine command(Invocation invocation) {
    return new CommandLine(new Keys(invocation))
        .addSubcommand(new KeysRotate.Plan(invocation))
        .addSubcommand(new KeysRotate.Rotate(invocation))
        .addSubcommand(new KeysStanding(invocation))
        .addSubcommand(new KeysStanding.Revoke(invocation))
        .addSubcommand(new KeysCut(invocation))
        .addSubcommand(new Certificates(invocation));
  }

  @Command(name = "list", description = "Lists every link's key: epoch, stage, age, state.")
  int list() throws CommandFailed {
    JsonNode keys = invocation.staff().get(PATH).json();
    invocation.output().print(invocation.out(), keys, () -> KeyTexts.list(keys));
    return ExitCode.DONE.number();
  }

  @Command(name = "progress", description = "Says how far the rotation is.")
  int progress() throws CommandFailed {
    JsonNode rotation = invocation.staff().get(PATH + "/rotation").json();
    invocation.output().print(invocation.out(), rotation, () -> KeyTexts.progress(rotation) + "\n");
    return ExitCode.DONE.number();
  }

  @Command(name = "history", description = "Lists what became of keys, newest first.")
  int history(
      @Option(names = "--link", paramLabel = "A,B", description = "Of one link.")
          Optional<String> link)
      throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH + "/history").json();
    Table table = new Table("LINK", "EPOCH", "STAGE", "MADE", "ENDED", "HOW");
    for (JsonNode item : answer.path("items")) {
      if (link.isEmpty() || item.path("link").asText().startsWith(link.get().replace(',', '~'))) {
        table.row(
            item.path("link").asText(),
            item.path("epoch").asText(),
            item.path("stage").asText(),
            item.path("madeAt").asText(),
            item.path("endedAt").asText("-"),
            item.path("how").asText("-"));
      }
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "cuts", description = "Lists the emergency cuts, the latest first.")
  int cuts() throws CommandFailed {
    JsonNode cuts = invocation.staff().get(PATH + "/cuts").json();
    invocation.output().print(invocation.out(), cuts, () -> KeyTexts.cuts(cuts));
    return ExitCode.DONE.number();
  }

  @Command(
      name = "confirm",
      description = "Confirms, as the second officer, what another one cut in an emergency.")
  int confirm(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
    JsonNode answer =
        invocation.staff().post(PATH + "/cut/" + Words.encoded(id) + "/confirm", "{}").json();
    invocation.output().print(invocation.out(), answer, () -> id + " is confirmed\n");
    return ExitCode.DONE.number();
  }

  @Command(name = "lift", description = "Proposes to give a cut link a fresh key.")
  int lift(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return Proposed.print(
        invocation,
        invocation
            .staff()
            .post(PATH + "/cut/" + Words.encoded(id) + "/lift", nothing.toString())
            .json());
  }
}
