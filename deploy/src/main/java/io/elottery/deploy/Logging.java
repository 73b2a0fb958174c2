package io.elottery.deploy;

import java.util.Arrays;
import java.util.Set;

/**
 * Chooses what is logged and where before anything logs: servers to their output, commands little.
 */
final class Logging {
  private static final String PROPERTY = "logback.configurationFile";
  private static final Set<String> SERVERS =
      Set.of("main", "worker", "web", "auditor", "zookeeper", "front", "cuts");

  private Logging() {}

  static void choose(String... arguments) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    String command =
        Arrays.stream(arguments).filter(word -> !word.startsWith("-")).findFirst().orElse("");
    System.setProperty(
        PROPERTY,
        SERVERS.contains(command)
            ? "logback-server.xml"
            : command.equals("demo") ? "logback-demo.xml" : "logback-command.xml");
  }
}
