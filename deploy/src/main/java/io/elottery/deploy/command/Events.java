package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery events}: what happened, and what happens. */
@Command(
    name = "events",
    description = {
      "Lists what happened in the network, the newest last.",
      "With -f goes on until it is interrupted; as JSON then one event a line."
    })
final class Events implements Callable<Integer> {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Invocation invocation;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with each new event.")
  private boolean follow;

  @Option(
      names = "--severity",
      paramLabel = "LEAST",
      description = "critical, warning, notice or routine: so severe or worse.")
  private Optional<String> severity = Optional.empty();

  @Option(names = "--after", paramLabel = "NUMBER", description = "Those after this number.")
  private Optional<Long> after = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most; 50.")
  private int limit = 50;

  Events(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    String query = "?limit=" + limit + severity.map(least -> "&severity=" + least).orElse("");
    JsonNode first =
        invocation
            .staff()
            .get("/api/v1/events" + query + after.map(number -> "&after=" + number).orElse(""))
            .json();
    if (!follow) {
      invocation.output().print(invocation.out(), first, () -> HealthTexts.events(first));
      return ExitCode.DONE.number();
    }
    long last = print(first, after.orElse(0L));
    while (!Thread.currentThread().isInterrupted()) {
      last = next(query, last);
    }
    return ExitCode.DONE.number();
  }

  // Main answers at once when something happens, else after the wait; a moment without a main is
  // said and bridged.
  private long next(String query, long last) throws CommandFailed {
    try {
      return print(
          invocation.staff().get("/api/v1/events" + query + "&after=" + last + "&wait=1").json(),
          last);
    } catch (CommandFailed failed) {
      boolean away = failed.code() == ExitCode.UNREACHABLE || failed.code() == ExitCode.TIMED_OUT;
      if (!away) {
        throw failed;
      }
      invocation.err().println(failed.getMessage() + "; asked again");
      LockSupport.parkNanos(AGAIN.toNanos());
      return last;
    }
  }

  private long print(JsonNode page, long last) {
    long highest = last;
    for (JsonNode event : page.path("items")) {
      if (event.path("number").asLong() > last) {
        highest = Math.max(highest, event.path("number").asLong());
        if (invocation.output() == Output.JSON) {
          invocation.out().println(event);
        } else {
          invocation.output().print(invocation.out(), event, () -> HealthTexts.event(event) + "\n");
        }
      }
    }
    invocation.out().flush();
    return highest;
  }
}
