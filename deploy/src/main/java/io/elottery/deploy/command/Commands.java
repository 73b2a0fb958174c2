package io.elottery.deploy.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, put together. */
public final class Commands {
  private Commands() {}

  /** The command line of one invocation. */
  public static CommandLine of(Invocation invocation) {
    CommandLine line = new CommandLine(invocation);
    for (Object command :
        new Object[] {
          new Init(invocation),
          new DemoCommand(invocation),
          new Up(invocation),
          new Ps(invocation),
          new Signals.Kill(invocation),
          new Signals.Pause(invocation),
          new Signals.Resume(invocation),
          new Start(invocation),
          new Grow(invocation),
          new Partition(invocation),
          new Partition.Heal(invocation),
          new Down(invocation),
          new Status(invocation),
          new Topology(invocation),
          new Explain(invocation),
          new Events(invocation),
          new Switchover(invocation),
          new Reports(invocation),
          new Draws(invocation),
          new Games(invocation),
          new Verify(invocation),
          new CheckerCommand(invocation),
          Bench.command(invocation),
          new Login(invocation),
          new Login.Out(invocation),
          new Staff(invocation),
          new Approvals(invocation),
          Vault.command(invocation),
          Keys.command(invocation),
          new Audit(invocation),
          ServerOrders.addTo(new CommandLine(new ServerLinks(invocation)), invocation),
          new Orders(invocation),
          new Shards(invocation),
          new Actors(invocation),
          new Mutes(invocation),
          Alerts.command(invocation),
          new Config(invocation),
          new Version(invocation),
          new CommandLine.HelpCommand(),
        }) {
      line.addSubcommand(command);
    }
    Servers.addTo(line);
    line.getSubcommands().values().forEach(Commands::explainItself);
    return line;
  }

  // Every command and what is below it answers --help.
  private static void explainItself(CommandLine command) {
    if (command.getCommandSpec().findOption("--help") == null) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this help.")
                  .build());
    }
    command.getSubcommands().values().forEach(Commands::explainItself);
  }
}
