package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery shards …}: who holds and writes what, and how that changes. */
@Command(name = "shards", description = "Shows and changes who holds and writes the shards.")
final class Shards {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String PATH = "/api/v1/shards";

  private final Invocation invocation;

  Shards(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Every shard: its writer, its copies, how far each is.")
  int list() throws CommandFailed {
    JsonNode answer = invocation.staff().get(PATH).json();
    invocation.output().print(invocation.out(), answer, () -> text(answer));
    return ExitCode.DONE.number();
  }

  @Command(
      name = "move",
      description = "Has another holder write a shard, now and when all is well.")
  int move(
      @Parameters(index = "0", paramLabel = "SHARD") String shard,
      @Parameters(index = "1", paramLabel = "WORKER") String worker,
      @Option(names = "--dry-run", description = "Only shows the effect.") boolean dryRun,
      @Option(names = "--wait", description = "Until it writes.") boolean waits,
      @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 60.")
          Integer timeout)
      throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("worker", worker);
    body.put("dryRun", dryRun);
    JsonNode now = invocation.staff().post(path(shard) + "/move", body.toString()).json();
    if (dryRun) {
      JsonNode would = now;
      invocation.output().print(invocation.out(), would, () -> effect(would));
      return ExitCode.DONE.number();
    }
    if (waits) {
      now =
          until(
              path(shard),
              timeout == null ? 60 : timeout,
              it -> it.path("writer").asText().equals(worker));
    }
    return print(now);
  }

  @Command(
      name = "exchange",
      description = "Has one worker hold a copy instead of another; the same twice makes it anew.")
  int exchange(
      @Parameters(index = "0", paramLabel = "SHARD") String shard,
      @Parameters(index = "1", paramLabel = "OLD") String old,
      @Parameters(index = "2", paramLabel = "NEW") String by,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why.") String reason,
      @Option(names = "--dry-run", description = "Only says what would be done.") boolean dryRun,
      @Option(names = "--wait", description = "Until it is done; shows how far it is.")
          boolean waits,
      @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 600.")
          Integer timeout)
      throws CommandFailed {
    if (dryRun) {
      JsonNode is = invocation.staff().get(path(shard)).json();
      invocation
          .output()
          .print(
              invocation.out(),
              is,
              () ->
                  is.path("id").asText()
                      + ": a copy on "
                      + by
                      + " is added and catches up, then "
                      + old
                      + "'s is removed and erased\n");
      return ExitCode.DONE.number();
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("old", old).put("by", by);
    body.put("reason", reason == null ? "" : reason);
    JsonNode now = invocation.staff().post(path(shard) + "/exchange", body.toString()).json();
    if (waits) {
      now = until(path(shard), timeout == null ? 600 : timeout, Shards::rests);
    }
    return print(now);
  }

  @Command(
      name = "balance",
      description = "Divides the shards anew over the workers, with the fewest moves.")
  int balance(
      @Option(
              names = "--without",
              paramLabel = "WORKER",
              split = ",",
              description = "These are to hold none; before they are taken away.")
          List<String> without,
      @Option(names = "--dry-run", description = "Only shows the moves.") boolean dryRun,
      @Option(names = "--wait", description = "Until all is done; shows how far it is.")
          boolean waits,
      @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 3600.")
          Integer timeout)
      throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
    if (without != null) {
      without.forEach(body.putArray("without")::add);
    }
    JsonNode answer = invocation.staff().post(PATH + "/balance", body.toString()).json();
    invocation.output().print(invocation.out(), answer, () -> moves(answer));
    if (waits && !dryRun) {
      until(PATH, timeout == null ? 3600 : timeout, Shards::isBalanced);
    }
    return ExitCode.DONE.number();
  }

  private static String effect(JsonNode shard) {
    JsonNode effect = shard.path("effect");
    String to = effect.path("to").asText();
    StringBuilder words = new StringBuilder(shard.path("id").asText()).append(": ");
    words.append(
        effect.path("handsOver").asBoolean()
            ? effect.path("from").asText()
                + " hands the writing to "
                + to
                + ", which lacks "
                + effect.path("lag").asText()
                + " entries; gateways are redirected, no copy moves\n"
            : to + " writes already\n");
    if (effect.path("prefers").asBoolean()) {
      words.append(to).append(" is the preferred writer from then on\n");
    }
    effect
        .path("writesThen")
        .properties()
        .forEach(
            then ->
                words
                    .append(then.getKey())
                    .append(" writes ")
                    .append(then.getValue().asText())
                    .append(" shards then, now ")
                    .append(effect.path("writesNow").path(then.getKey()).asText())
                    .append("\n"));
    return words.toString();
  }

  private static boolean rests(JsonNode shard) {
    return shard.path("rests").asBoolean();
  }

  private static boolean isBalanced(JsonNode all) {
    boolean rest = !all.has("balance");
    for (JsonNode shard : all.path("items")) {
      rest &= rests(shard);
    }
    return rest;
  }

  private JsonNode until(String path, int timeout, Predicate<JsonNode> done) throws CommandFailed {
    long began = System.nanoTime();
    String said = "";
    while (System.nanoTime() - began < Duration.ofSeconds(timeout).toNanos()) {
      JsonNode now = invocation.staff().get(path).json();
      if (done.test(now)) {
        return now;
      }
      String words = progress(now);
      if (!words.equals(said) && !words.isEmpty()) {
        invocation.err().println(words);
        said = words;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailed(
        ExitCode.TIMED_OUT, "not done after " + timeout + " s, it goes on: " + said);
  }

  private static String progress(JsonNode now) {
    StringBuilder words = new StringBuilder();
    if (now.has("balance")) {
      words.append(now.path("balancing").path("begun").asText("0")).append(" moves begun, ");
      words.append(now.path("balance").size()).append(" to begin");
      JsonNode left = now.path("balancing").path("secondsLeft");
      words.append(left.isMissingNode() ? "" : ", about " + Words.age(left.asLong()) + " left");
    }
    for (JsonNode shard : now.has("items") ? now.path("items") : List.of(now)) {
      if (shard.has("change")) {
        words.append(words.isEmpty() ? "" : "; ").append(change(shard));
      }
    }
    return words.toString();
  }

  private static String change(JsonNode shard) {
    JsonNode change = shard.path("change");
    String left =
        change.has("secondsLeft") ? ", about " + change.path("secondsLeft").asText() + " s" : "";
    return shard.path("id").asText()
        + " "
        + change.path("percent").asText("0")
        + " %"
        + left
        + ": "
        + change.path("step").asText("waits for its turn");
  }

  private int print(JsonNode shard) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putArray("items").add(shard);
    invocation.output().print(invocation.out(), shard, () -> text(all));
    return ExitCode.DONE.number();
  }

  private static String text(JsonNode all) {
    Table table =
        new Table("SHARD", "WRITER", "PREFERRED", "POSITION", "COPY", "STATE", "AT", "LAG");
    StringBuilder changes = new StringBuilder();
    for (JsonNode shard : all.path("items")) {
      boolean first = true;
      for (JsonNode copy : shard.path("copies")) {
        table.row(
            first ? shard.path("id").asText() : "",
            first ? shard.path("writer").asText("none") : "",
            first ? shard.path("preferred").asText() : "",
            first ? shard.path("position").asText() : "",
            copy.path("worker").asText() + "#" + copy.path("incarnation").asText(),
            copy.path("state").asText(),
            copy.path("position").asText(),
            copy.path("lag").asText());
        first = false;
      }
      if (shard.has("change")) {
        changes.append(change(shard)).append("\n");
      }
    }
    StringBuilder ends = new StringBuilder();
    if (all.has("balance")) {
      ends.append("balancing: ").append(progress(all)).append("\n");
    } else {
      ends.append(changes);
      if (all.path("idle").size() > 0) {
        ends.append(Words.joined(all.path("idle")))
            .append(" hold no copy: elottery shards balance --dry-run\n");
      }
    }
    return table.text() + ends;
  }

  private static String moves(JsonNode answer) {
    StringBuilder words = new StringBuilder();
    answer.path("moves").forEach(move -> words.append(move.path("words").asText()).append("\n"));
    return words.append(answer.path("moves").size()).append(" moves\n").toString();
  }

  private static String path(String shard) {
    return PATH + "/" + Words.encoded(shard);
  }
}
