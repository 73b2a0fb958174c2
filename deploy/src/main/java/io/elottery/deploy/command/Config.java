package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.config.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery config …}: nothing is started and nothing is changed. */
@Command(name = "config", description = "Shows and checks the configuration of a server.")
final class Config {
  private final Invocation invocation;

  Config(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "show",
      description = "Prints every key of a server with its value; refuses what the server would.")
  int show(
      @Parameters(index = "0", paramLabel = "FILE", description = "The server's YAML file.")
          Path file,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE")
          @org.jspecify.annotations.Nullable
          List<String> flags,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "main, worker, web, auditor or zookeeper; without it the file's name.")
          Optional<String> role,
      @Option(names = "--origin", description = "Also say where each value comes from.")
          boolean origin)
      throws CommandFailed {
    List<Origin> origins;
    try {
      ConfigSource source =
          ConfigSource.load(file, System.getenv(), flags == null ? List.of() : flags);
      ConfigKeys.read(role.orElseGet(() -> roleOf(file)), source);
      source.done();
      origins = source.origins();
    } catch (ConfigRefused refused) {
      throw new CommandFailed(ExitCode.REFUSED, String.valueOf(refused.getMessage()), refused);
    }
    invocation.output().print(invocation.out(), tree(origins), () -> table(origins, origin));
    return ExitCode.DONE.number();
  }

  private static String roleOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }

  private static String table(List<Origin> origins, boolean origin) {
    Table table = origin ? new Table("KEY", "VALUE", "FROM") : new Table("KEY", "VALUE");
    for (Origin one : origins) {
      if (origin) {
        table.row(one.key(), one.value(), one.from());
      } else {
        table.row(one.key(), one.value());
      }
    }
    return table.text();
  }

  private static ArrayNode tree(List<Origin> origins) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    for (Origin one : origins) {
      tree.addObject().put("key", one.key()).put("value", one.value()).put("from", one.from());
    }
    return tree;
  }
}
