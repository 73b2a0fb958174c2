package io.elottery.deploy.command;

import io.elottery.deploy.outcome.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery main|worker|web|auditor|zookeeper|front --config FILE}: one server. */
final class Servers implements Callable<Integer> {
  private final Program program;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = {
        "YAML; ELOTTERY_… variables and KEY=VALUE outrank it.",
        "Given several times to worker, it runs several in this process, for trying things out."
      })
  private List<Path> configs = List.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Outranks file and variables.")
  private List<String> flags = List.of();

  /** A server's main method. */
  @FunctionalInterface
  interface Program {
    /** Runs until the server is told to stop. */
    void run(String... arguments) throws InterruptedException;
  }

  private Servers(Program program) {
    this.program = program;
  }

  static void addTo(CommandLine line) {
    add(line, "main", "Runs a main.", io.elottery.controller.app.ControllerMain::main);
    add(line, "auditor", "Runs an auditor.", io.elottery.auditor.AuditorMain::main);
    add(line, "worker", "Runs a worker.", io.elottery.worker.WorkerMain::main);
    add(line, "web", "Runs a gateway.", io.elottery.web.WebMain::main);
    add(
        line,
        "zookeeper",
        "Runs a ZooKeeper server.",
        io.elottery.deploy.zookeeper.ZooKeeperMain::main);
    add(
        line,
        "front",
        "Runs the one address of several gateways.",
        io.elottery.deploy.front.FrontMain::main);
    add(
        line,
        "cuts",
        "Runs the relay of a cluster that can be cut.",
        io.elottery.deploy.cuts.CutsMain::main);
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    configs.forEach(config -> arguments.addAll(List.of("--config", config.toString())));
    arguments.addAll(flags);
    program.run(arguments.toArray(String[]::new));
    return ExitCode.DONE.number();
  }

  private static void add(CommandLine line, String name, String what, Program program) {
    CommandLine command = new CommandLine(new Servers(program));
    CommandSpec spec = command.getCommandSpec();
    spec.name(name).usageMessage().description(what);
    line.addSubcommand(name, command);
  }
}
