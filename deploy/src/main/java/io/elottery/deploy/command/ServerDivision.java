package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Dividing the servers: shows the effect, then proposes it. */
final class ServerDivision {
  private static final String PATH = "/api/v1/servers/division";

  private final Invocation invocation;

  ServerDivision(Invocation invocation) {
    this.invocation = invocation;
  }

  /** How a change is proposed. */
  static final class Options {
    @Option(
        names = "--reason",
        defaultValue = "",
        paramLabel = "WORDS",
        description = "Needed for what breaks a promise.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Shows the effect and proposes nothing.")
    private boolean dryRun;
  }

  int assign(String worker, String half, Options options) throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("assign").put(worker, half.toUpperCase(Locale.ROOT));
    return change(body, options);
  }

  int neighbours(String worker, String others, Options options) throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var list = body.putObject("neighbours").putArray(worker);
    for (String other : others.split(",", -1)) {
      // "none" is no neighbour at all.
      if (!other.isBlank() && !other.equals("none")) {
        list.add(other.strip());
      }
    }
    return change(body, options);
  }

  int pair(String what, String one, String other, Options options) throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray(what).add(one + "," + other);
    return change(body, options);
  }

  int suggest(int neighbours, int seed, boolean apply, Options options) throws CommandFailed {
    JsonNode suggested =
        invocation
            .staff()
            .get("/api/v1/servers/suggest?neighbours=" + neighbours + "&seed=" + seed)
            .json();
    if (!apply || options.dryRun) {
      invocation.output().print(invocation.out(), suggested, () -> text(suggested));
      return ExitCode.DONE.number();
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String field : new String[] {"assign", "link", "unlink"}) {
      body.set(field, suggested.path(field));
    }
    return change(body, options);
  }

  int add(ObjectNode body) throws CommandFailed {
    return Proposed.print(
        invocation, invocation.staff().post("/api/v1/servers/add", body.toString()).json());
  }

  int remove(String worker, String reason, boolean force) throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("reason", reason).put("force", force);
    String path = "/api/v1/servers/" + Words.encoded(worker) + "/remove";
    return Proposed.print(invocation, invocation.staff().post(path, body.toString()).json());
  }

  private int change(ObjectNode body, Options options) throws CommandFailed {
    JsonNode effect = invocation.staff().post(PATH + "/effect", body.toString()).json();
    if (options.dryRun) {
      invocation.output().print(invocation.out(), effect, () -> text(effect));
      return ExitCode.DONE.number();
    }
    invocation.err().print(text(effect));
    body.put("reason", options.reason);
    return Proposed.print(invocation, invocation.staff().post(PATH, body.toString()).json());
  }

  private static String text(JsonNode effect) {
    StringBuilder text = new StringBuilder();
    effect.path("changes").forEach(line -> text.append(line.asText()).append('\n'));
    effect.path("notes").forEach(line -> text.append(line.asText()).append('\n'));
    effect
        .path("breaks")
        .forEach(line -> text.append("BREAKS A PROMISE: ").append(line.asText()).append('\n'));
    if (text.length() == 0) {
      return "nothing changes\n";
    }
    text.append('\n');
    effect.path("commands").forEach(line -> text.append(line.asText()).append('\n'));
    return text.toString();
  }
}
