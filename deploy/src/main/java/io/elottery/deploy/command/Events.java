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
    long last = printAll(first, after.orElse(0L));
    while (!Thread.currentThread().isInterrupted()) {
      last = next(query, last);
    }
    return ExitCode.DONE.number();
  }

  // The gateway sends each event when it happens; a moment without one is said and bridged.
  private long next(String query, long last) throws CommandFailed {
    long[] highest = {last};
    try {
      invocation
          .staff()
          .follow(
              "/api/v1/events" + query + "&after=" + last,
              (id, event) -> {
                highest[0] = Math.max(highest[0], print(event, highest[0]));
                return !invocation.out().checkError() && !Thread.currentThread().isInterrupted();
              });
      if (invocation.out().checkError()) {
        Thread.currentThread().interrupt(); // Nobody reads any more.
      }
    } catch (CommandFailed failed) {
      boolean away = failed.code() == ExitCode.UNREACHABLE || failed.code() == ExitCode.TIMED_OUT;
      if (!away) {
        throw failed;
      }
      invocation.err().println(failed.getMessage() + "; asked again");
      LockSupport.parkNanos(AGAIN.toNanos());
    }
    return highest[0];
  }

  private long printAll(JsonNode page, long last) {
    long highest = last;
    for (JsonNode event : page.path("items")) {
      highest = print(event, highest);
    }
    return highest;
  }

  private long print(JsonNode event, long last) {
    long number = event.path("number").asLong();
    if (number <= last) {
      return last;
    }
    if (invocation.output() == Output.JSON) {
      invocation.out().println(event);
    } else {
      invocation.output().print(invocation.out(), event, () -> HealthTexts.event(event) + "\n");
    }
    invocation.out().flush();
    return number;
  }
}
