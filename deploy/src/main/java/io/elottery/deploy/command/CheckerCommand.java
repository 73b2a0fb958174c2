package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.checker.Checker;
import io.elottery.deploy.checker.CheckerFile;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery checker}: buys tickets and finds out whether what was promised is kept. */
@Command(
    name = "checker",
    description = {
      "Buys tickets as anybody could, and checks what it was told.",
      "What was acknowledged is there once with the same receipt, nothing refused or unasked is"
          + " there, positions agree with real time, money is conserved. Runs beside anything;"
          + " its journal is flushed before anything counts, and is gone on with the next time.",
      "Exit status 6 when something is found that must not be."
    })
final class CheckerCommand implements Callable<Integer> {
  private static final int LOOKS = 50;
  private static final long LOOK_MILLIS = 200;

  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

  private final Invocation invocation;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long to buy: 90s, 5m, 0s for not at all; without it until Ctrl-C.")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Where it keeps what it was told (default: checker.journal of the cluster).")
  private Optional<Path> journal = Optional.empty();

  @Option(names = "--read-back", description = "In the end, read back all that is in the journal.")
  private boolean readBack;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Tickets in a second (default 10); 0 for as many as are answered.")
  private double rate = 10;

  @Option(names = "--players", paramLabel = "N", description = "Who buy at once (default 4).")
  private int players = 4;

  @Option(
      names = "--branch",
      paramLabel = "BRANCH",
      split = ",",
      description = "Whose draws are bought (default TOR,MTL,OTW).")
  private List<String> branches = List.of("TOR", "MTL", "OTW");

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How often it says how it stands (default 5s).")
  private String every = "5s";

  @Option(
      names = "--site",
      paramLabel = "URL",
      description = "A site elsewhere, instead of a cluster of this machine.")
  private Optional<String> site = Optional.empty();

  CheckerCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    try (Checker checker = new Checker(config(), finding -> say("FOUND " + finding))) {
      if (!time.map(text -> duration(text).isZero()).orElse(false)) {
        CountDownLatch over = new CountDownLatch(1);
        Thread ending = new Thread(() -> end(checker, over), "end");
        Runtime.getRuntime().addShutdownHook(ending);
        buy(checker);
        over.countDown();
        Runtime.getRuntime().removeShutdownHook(ending);
      }
      if (readBack) {
        checker.readBack(Integer.MAX_VALUE, this::say);
        if (site.isEmpty()) {
          conserved(checker);
        }
      }
      return result(checker);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.UNREACHABLE, String.valueOf(failed.getMessage()), failed);
    }
  }

  // A wager in another branch's draw may be under way: what does not move in seconds is stranded.
  private void conserved(Checker checker) throws CommandFailed, IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    SortedMap<String, Long> first = onItsWay(checker);
    for (int i = 0; i < LOOKS && first.values().stream().anyMatch(sum -> sum != 0); i++) {
      never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (!onItsWay(checker).equals(first)) {
        return;
      }
    }
    checker.neverCame(first);
  }

  private SortedMap<String, Long> onItsWay(Checker checker) throws CommandFailed, IOException {
    return checker.conserved(invocation.staffAs("operations").get("/api/v1/accounts").json());
  }

  private Checker.Config config() throws CommandFailed {
    String address =
        site.isPresent()
            ? site.get().replaceFirst("/+$", "")
            : "http://" + invocation.description().layout().site();
    Path file =
        journal.isPresent() || site.isPresent()
            ? journal.orElse(Path.of("checker.journal"))
            : CheckerFile.journal(invocation.description().layout().directory());
    return new Checker.Config(address, branches, players, rate, file);
  }

  private void buy(Checker checker) throws InterruptedException, CommandFailed {
    long end =
        time.map(text -> System.nanoTime() + duration(text).toNanos()).orElse(Long.MAX_VALUE);
    long each = duration(every).toNanos();
    CountDownLatch never = new CountDownLatch(1);
    checker.start();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      never.await(Math.min(left, each), TimeUnit.NANOSECONDS);
      say(checker.line() + String.format("  longest gap %.1f s", seconds(checker)));
      if (site.isEmpty()) {
        CheckerFile.write(invocation.description().layout().directory(), checker.tree());
      }
    }
    checker.stop();
  }

  private static double seconds(Checker checker) {
    return checker.takeLongestGap().toMillis() / 1000.0;
  }

  private int result(Checker checker) throws CommandFailed {
    ObjectNode tree = checker.tree();
    if (site.isEmpty()) {
      CheckerFile.write(invocation.description().layout().directory(), tree);
    }
    invocation
        .output()
        .print(
            invocation.out(),
            tree,
            () ->
                checker.line()
                    + (checker.isClean() ? "\nnothing is wrong\n" : "\nNOT AS PROMISED\n"));
    if (!checker.isClean()) {
      return ExitCode.VERIFICATION_FAILED.number();
    }
    if (checker.acknowledged() == 0) {
      throw new CommandFailed(
          ExitCode.FAILED, "no ticket was acknowledged, so nothing is proven: is a draw open?");
    }
    return ExitCode.DONE.number();
  }

  // Ctrl-C: what was found so far is said.
  private void end(Checker checker, CountDownLatch over) {
    if (over.getCount() > 0) {
      say(checker.line());
      say("the journal is kept: `elottery checker --for 0s --read-back` reads all of it back");
    }
  }

  private static Duration duration(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text + ": expected 90s, 5m, 2h or 0s");
    }
    long unit =
        switch (form.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    return Duration.ofSeconds(Long.parseLong(form.group(1)) * unit);
  }

  private void say(String what) {
    invocation.err().println(what);
    invocation.err().flush();
  }
}
