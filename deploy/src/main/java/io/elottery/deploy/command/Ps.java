package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code elottery ps}. */
@Command(name = "ps", description = "Lists the processes of a local cluster.")
final class Ps implements Callable<Integer> {
  private final Invocation invocation;

  Ps(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    List<LocalCluster.Status> rows = invocation.cluster().status();
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    Table table = new Table("SERVER", "ROLE", "PID", "STATE", "ADDRESS", "LOG");
    for (LocalCluster.Status row : rows) {
      String pid = row.pid() == 0 ? "-" : Long.toString(row.pid());
      ObjectNode node = tree.addObject();
      node.put("id", row.server().id().name()).put("role", row.server().kind().text());
      if (row.pid() == 0) {
        node.putNull("pid");
      } else {
        node.put("pid", row.pid());
      }
      node.put("state", row.state()).put("address", row.server().mainAddress().toString());
      node.put("log", row.server().log().toString());
      table.row(
          row.server().id().name(),
          row.server().kind().text(),
          pid,
          row.state(),
          row.server().mainAddress().toString(),
          row.server().log().toString());
    }
    invocation.output().print(invocation.out(), tree, table::text);
    return ExitCode.DONE.number();
  }
}
