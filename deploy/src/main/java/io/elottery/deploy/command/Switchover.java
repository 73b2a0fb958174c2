package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery switchover left --to main-3}: another main leads a half, as planned. */
@Command(
    name = "switchover",
    description = "Lets another main lead a half; the old leader steps down first.")
final class Switchover implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(20);

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "HALF", description = "left or right")
  private String half = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "MAIN",
      description = "A main that stands for the half.")
  private String to = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "planned",
      description = "Why, for the audit trail.")
  private String reason = "";

  @Option(names = "--wait", description = "Wait until it leads.")
  private boolean wait;

  Switchover(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("half", half)
            .put("to", to)
            .put("reason", reason)
            .toString();
    long began = System.nanoTime();
    JsonNode begun = invocation.staff().post("/api/v1/switchover", body).json();
    String name = half.toUpperCase(Locale.ROOT);
    if (!wait) {
      invocation
          .output()
          .print(invocation.out(), begun, () -> name + " is being handed over to " + to + "\n");
      return ExitCode.DONE.number();
    }
    JsonNode now = untilLed(name, began);
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    invocation
        .output()
        .print(
            invocation.out(),
            now,
            () ->
                to
                    + " leads "
                    + name
                    + " under fence "
                    + now.path("fence").asText()
                    + ", after "
                    + millis
                    + " ms\n");
    return ExitCode.DONE.number();
  }

  private JsonNode untilLed(String name, long began) throws CommandFailed {
    JsonNode now = JsonNodeFactory.instance.objectNode();
    while (System.nanoTime() - began < MOST.toNanos()) {
      now =
          invocation
              .staffAs("operations")
              .get("/api/v1/network")
              .json()
              .path("hemispheres")
              .path(name);
      if (now.path("leader").asText().equals(to)) {
        return now;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailed(
        ExitCode.TIMED_OUT,
        name
            + " is led by "
            + now.path("leader").asText("nobody")
            + " after "
            + MOST.toSeconds()
            + " s: look at elottery status");
  }
}
