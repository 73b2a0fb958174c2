package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery mutes …}: troubles that are known and do not alert. */
@Command(name = "mutes", description = "Mutes known troubles for a while; lists and ends mutes.")
final class Mutes {
  private static final String PATH = "/api/v1/mutes";
  private static final Pattern TIME = Pattern.compile("([0-9]{1,5})(m|h|d)");

  private final Invocation invocation;

  Mutes(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "add",
      description = {
        "Mutes what is wrong with a server, link, half, shard or draw. It is still shown, and does"
            + " not alert.",
        "Ends by itself when the trouble ends, gets worse, or the time is over."
      })
  int add(
      @Parameters(index = "0", paramLabel = "SUBJECT", description = "worker-7, LEFT, shard-3 …")
          String subject,
      @Option(names = "--code", paramLabel = "CODE", description = "Only this trouble of it.")
          Optional<String> code,
      @Option(
              names = "--for",
              required = true,
              paramLabel = "TIME",
              description = "30m, 2h, 3d; at most 7d.")
          String time,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason)
      throws CommandFailed {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject)
            .put("seconds", seconds(time))
            .put("reason", reason);
    code.ifPresent(one -> body.put("code", one));
    JsonNode mute = invocation.staff().post(PATH, body.toString()).json();
    invocation
        .output()
        .print(
            invocation.out(),
            mute,
            () ->
                mute.path("id").asText()
                    + ": "
                    + target(mute)
                    + " is muted until "
                    + mute.path("until").asText()
                    + "\n");
    return ExitCode.DONE.number();
  }

  @Command(name = "list", description = "Lists the mutes in force.")
  int list() throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH).json();
    Table table = new Table("ID", "TROUBLE", "SEVERITY", "BY", "UNTIL", "REASON");
    for (JsonNode mute : answer.path("items")) {
      table.row(
          mute.path("id").asText(),
          target(mute),
          mute.path("severity").asText(),
          mute.path("by").asText(),
          mute.path("until").asText(),
          Words.firstLine(mute.path("reason").asText()));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "end", description = "Ends a mute: what it muted alerts again.")
  int end(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
    JsonNode answer =
        invocation.staff().send("DELETE", PATH + "/" + Words.encoded(id), "{}").json();
    invocation.output().print(invocation.out(), answer, () -> id + " is ended\n");
    return ExitCode.DONE.number();
  }

  private static String target(JsonNode mute) {
    String code = mute.path("code").asText("");
    return (code.isEmpty() || code.equals("null") ? "" : code + ":")
        + mute.path("subject").asText();
  }

  private static long seconds(String time) throws CommandFailed {
    Matcher matcher = TIME.matcher(time);
    if (!matcher.matches()) {
      throw new CommandFailed(ExitCode.USAGE, "--for " + time + ": expected 30m, 2h or 3d");
    }
    long unit =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }
}
