package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterPace;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.cluster.ClusterShape;
import io.elottery.deploy.cluster.LastCluster;
import io.elottery.deploy.cluster.Scratch;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.demo.Demo;
import io.elottery.deploy.demo.DemoChecker;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.keyvault.seal.KdfCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery demo}: the whole network in one process, until Ctrl-C. */
@Command(
    name = "demo",
    description = {
      "Runs a whole network in this process, until Ctrl-C.",
      "ZooKeeper, LEFT, RIGHT, a substitute, six workers, an auditor and a gateway, with a draw every"
          + " few minutes. Lines typed here break and mend it: kill worker-2, start worker-2."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int STAFF_PORT = 8443;

  private final Invocation invocation;
  private final long began = System.nanoTime();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The site's port (default 8080); 0 picks free ones.")
  private int port = 8080;

  @Option(names = "--workers", paramLabel = "N", description = "Workers (default 6).")
  private int workers = 6;

  @Option(
      names = "--checked",
      paramLabel = "N",
      description =
          "Tickets that a checker beside the demo buys in a second (default 1); 0 for none.")
  private double checked = 1;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    Path directory = directory();
    // Read by the logging configuration, before the first logger is made.
    System.setProperty("elottery.log.file", directory.resolve("demo.log").toString());
    ClusterDescription description = made(directory);
    say("keys and configurations are in " + directory + ", the log in demo.log");
    Demo demo = new Demo(description.layout(), this::say);
    CountDownLatch over = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(demo, directory), "end"));
    try {
      ClusterDescription started = demo.start(description);
      LastCluster.remember(directory);
      invocation.out().print(Welcome.text(started));
      invocation.out().print(breaking());
      invocation.out().flush();
      check(started.layout());
    } catch (CommandFailed failed) {
      say("the log says more: " + directory.resolve("demo.log"));
      throw failed;
    }
    Thread typed = new Thread(() -> listen(demo, description.layout(), over), "typed");
    typed.setDaemon(true);
    typed.start();
    over.await();
    return ExitCode.DONE.number();
  }

  // Beside the demo all the time: what is bought, broken and mended is checked as well.
  private void check(ClusterLayout layout) {
    if (checked > 0) {
      DemoChecker checker = new DemoChecker(layout, checked, this::say);
      Thread thread = new Thread(checker, "checker");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private Path directory() throws CommandFailed {
    try {
      return invocation.directory().isPresent()
          ? invocation.directory().get()
          : Files.createTempDirectory("elottery-demo-");
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, "no temporary directory: " + failed, failed);
    }
  }

  private ClusterDescription made(Path directory) throws CommandFailed {
    if (Files.exists(ClusterDescription.file(directory))) {
      return ClusterDescription.read(directory);
    }
    try {
      ClusterShape shape = new ClusterShape(1, 3, workers, 1, 1, port, port == 0 ? 0 : STAFF_PORT);
      // The passphrase is 32 random bytes: no guess needs to be made dear.
      return ClusterSetup.make(
          ClusterLayout.ofOneProcess(directory, shape), ClusterPace.lively(), KdfCost.FAST);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static String breaking() {
    return """

        Break it:  type  kill worker-2  or  kill main-1  here, and  start worker-2  to bring it back;
                   `elottery status` in another terminal shows what main thinks of it.
                   `elottery up` does the same with one process for each server.
        Ctrl-C ends everything.
        """;
  }

  private void listen(Demo demo, ClusterLayout layout, CountDownLatch over) {
    try (BufferedReader typed =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = typed.readLine(); line != null; line = typed.readLine()) {
        if (line.strip().equals("quit")) {
          over.countDown();
          return;
        }
        obey(demo, layout, line.strip().split("\\s+"));
      }
    } catch (IOException closed) {
      // Nobody types any more; the demo goes on.
    }
  }

  private void obey(Demo demo, ClusterLayout layout, String... words) {
    if (words.length == 1 && words[0].isEmpty()) {
      return;
    }
    try {
      Server server =
          words.length == 2 ? layout.server(words[1]).orElseThrow(DemoCommand::unknown) : nobody();
      switch (words[0]) {
        case "kill" -> demo.kill(server);
        case "start" -> demo.restart(server);
        default -> throw unknown();
      }
    } catch (CommandFailed failed) {
      say(String.valueOf(failed.getMessage()));
    }
  }

  private static Server nobody() throws CommandFailed {
    throw unknown();
  }

  private static CommandFailed unknown() {
    return new CommandFailed(
        ExitCode.USAGE, "type  kill SERVER, start SERVER  or  quit; servers: main-1, worker-1, …");
  }

  private void end(Demo demo, Path directory) {
    say("ending");
    demo.close();
    if (invocation.directory().isEmpty()) {
      Scratch.delete(directory, left -> invocation.err().println("elottery: " + left));
    }
  }

  private void say(String what) {
    invocation.err().printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
  }
}
