package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which links a rotation is about: exactly one of these. */
final class KeyScope {
  @Option(names = "--link", paramLabel = "A,B", description = "One link.")
  private Optional<String> link = Optional.empty();

  @Option(names = "--worker", paramLabel = "WORKER", description = "All links of a worker.")
  private Optional<String> worker = Optional.empty();

  @Option(
      names = "--hemisphere",
      paramLabel = "left|right",
      description = "All links of a half's workers.")
  private Optional<String> hemisphere = Optional.empty();

  @Option(names = "--all", description = "All links.")
  private boolean all;

  /** As main reads it, within {@code {"scope": …}}. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode scope = body.putObject("scope");
    link.ifPresent(value -> scope.put("link", value));
    worker.ifPresent(value -> scope.put("worker", value));
    hemisphere.ifPresent(value -> scope.put("hemisphere", value));
    if (all) {
      scope.put("all", true);
    }
    return body;
  }
}
