package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery servers conserve|release|test|scrub|capacity}: a worker's rest, its tests. */
final class ServerOrders {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final String SERVERS = "/api/v1/servers/";

  private final Invocation invocation;

  private ServerOrders(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Adds them to {@code servers}. */
  static CommandLine addTo(CommandLine servers, Invocation invocation) {
    ServerOrders orders = new ServerOrders(invocation);
    return servers
        .addSubcommand(orders.new Conserve())
        .addSubcommand(orders.new Release())
        .addSubcommand(orders.new Proving())
        .addSubcommand(orders.new Scrubbing())
        .addSubcommand(orders.new Capacity());
  }

  /** A worker's rest. */
  @Command(name = "conserve", description = "Lets a worker rest: it writes nothing, keeps copies.")
  final class Conserve implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER")
    private String worker = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    @Option(names = "--wait", description = "Until it rests and writes no shard.")
    private boolean waits;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 300.")
    private int timeout = 300;

    @Override
    public Integer call() throws CommandFailed {
      String body = JsonNodeFactory.instance.objectNode().put("reason", reason).toString();
      JsonNode rest = post(worker, "conserve", body);
      return print(waits ? restUntil(worker, timeout, ServerOrders::isResting) : rest);
    }
  }

  /** Its return. */
  @Command(name = "release", description = "Lets a worker that rests serve again.")
  final class Release implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER")
    private String worker = "";

    @Option(names = "--wait", description = "Until it serves again.")
    private boolean waits;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 300.")
    private int timeout = 300;

    @Override
    public Integer call() throws CommandFailed {
      JsonNode rest = post(worker, "release", "{}");
      return print(waits ? restUntil(worker, timeout, ServerOrders::isServing) : rest);
    }
  }

  /** Its capacity test. */
  @Command(name = "test", description = "Has a worker prove itself: disk, crypto, links, ledger.")
  final class Proving implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER")
    private String worker = "";

    @Option(names = "--wait", description = "Until its figures are here; 1 when it failed.")
    private boolean waits;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 120.")
    private int timeout = 120;

    @Override
    public Integer call() throws CommandFailed {
      JsonNode order = post(worker, "test", "{}");
      String name = order.path("order").asText();
      if (!waits) {
        invocation
            .output()
            .print(invocation.out(), order, () -> name + ": " + worker + " proves itself\n");
        return ExitCode.DONE.number();
      }
      JsonNode ended =
          until(
              "/api/v1/orders/" + Words.encoded(name),
              timeout,
              now -> !now.path("state").asText().equals("UNDER_WAY"));
      if (!ended.path("state").asText().equals("DONE")) {
        throw new CommandFailed(ExitCode.FAILED, name + ": " + ended.path("outcome").asText());
      }
      return shown(worker);
    }
  }

  /** Its scrub. */
  @Command(
      name = "scrub",
      description = "Has a worker read everything its ledger keeps back and check it.")
  final class Scrubbing implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER")
    private String worker = "";

    @Option(names = "--wait", description = "Until all is read; 1 when something was damaged.")
    private boolean waits;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait; 3600.")
    private int timeout = 3600;

    @Override
    public Integer call() throws CommandFailed {
      JsonNode scrub = post(worker, "scrub", "{}");
      if (waits) {
        scrub =
            until(
                path(worker, "scrub"),
                timeout,
                now -> !now.path("state").asText().equals("UNDER_WAY"));
      }
      JsonNode now = scrub;
      invocation.output().print(invocation.out(), now, () -> scrubbed(now));
      boolean sound = now.path("sound").asBoolean();
      return (waits && !sound ? ExitCode.FAILED : ExitCode.DONE).number();
    }
  }

  /** The figures. */
  @Command(name = "capacity", description = "The figures of a worker's last test.")
  final class Capacity implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER")
    private String worker = "";

    @Override
    public Integer call() throws CommandFailed {
      return shown(worker);
    }
  }

  private int shown(String worker) throws CommandFailed {
    JsonNode figures = invocation.staff().get(path(worker, "capacity")).json();
    invocation.output().print(invocation.out(), figures, () -> figures(figures));
    return (figures.path("passed").asBoolean() ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private JsonNode post(String worker, String what, String body) throws CommandFailed {
    return invocation.staff().post(path(worker, what), body).json();
  }

  private JsonNode restUntil(String worker, int timeout, Predicate<JsonNode> done)
      throws CommandFailed {
    return until(path(worker, "rest"), timeout, done);
  }

  private JsonNode until(String path, int timeout, Predicate<JsonNode> done) throws CommandFailed {
    long began = System.nanoTime();
    String said = "";
    String words = "";
    while (System.nanoTime() - began < Duration.ofSeconds(timeout).toNanos()) {
      JsonNode now = invocation.staff().get(path).json();
      if (done.test(now)) {
        return now;
      }
      words = words(now);
      if (!words.equals(said)) {
        invocation.err().println(words);
        said = words;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailed(
        ExitCode.TIMED_OUT, "not done after " + timeout + " s, it goes on: " + words);
  }

  private static String words(JsonNode now) {
    return now.has("bytes")
        ? (now.path("bytes").asLong() >> 20) + " MiB read back"
        : now.path("blockedBy").asText(now.path("outcome").asText(""));
  }

  private static String scrubbed(JsonNode scrub) {
    StringBuilder text = new StringBuilder(scrub.path("worker").asText());
    text.append("  ").append(scrub.path("state").asText());
    text.append("  ").append(scrub.path("records").asLong()).append(" records, ");
    text.append(scrub.path("bytes").asLong() >> 20).append(" MiB read back");
    text.append(scrub.path("sound").asBoolean() ? ", all sound\n" : "\n");
    scrub.path("damages").forEach(each -> text.append("  ! ").append(each.asText()).append('\n'));
    return text.toString();
  }

  private int print(JsonNode rest) {
    invocation.output().print(invocation.out(), rest, () -> text(rest));
    return ExitCode.DONE.number();
  }

  private static boolean isResting(JsonNode rest) {
    return rest.path("wanted").asBoolean() && rest.path("done").asBoolean();
  }

  private static boolean isServing(JsonNode rest) {
    return !rest.path("wanted").asBoolean() && rest.path("done").asBoolean();
  }

  private static String text(JsonNode rest) {
    String blocks = rest.path("blockedBy").asText();
    return rest.path("worker").asText()
        + "  "
        + rest.path("verdict").asText()
        + (rest.path("wanted").asBoolean() ? "  is to rest" : "  is to serve")
        + "  writes "
        + Words.joined(rest.path("writes"))
        + (blocks.isEmpty() ? "" : "\n  " + blocks)
        + "\n";
  }

  private static String figures(JsonNode it) {
    StringBuilder text =
        new StringBuilder(it.path("worker").asText())
            .append(it.path("passed").asBoolean() ? "  passed  " : "  NOT PASSED  ")
            .append(it.path("at").asText())
            .append(
                String.format(
                    "%n  flush     median %.2f ms, p99 %.2f ms, longest %.2f ms%n",
                    it.path("flushMedianMillis").asDouble(),
                    it.path("flushP99Millis").asDouble(),
                    it.path("flushMaxMillis").asDouble()))
            .append(
                String.format(
                    "  crypto    %d MiB/s AES-GCM, %d signatures/s, %d checks/s%n",
                    it.path("sealedMebibytesPerSecond").asInt(),
                    it.path("signaturesPerSecond").asInt(),
                    it.path("checksPerSecond").asInt()))
            .append(
                String.format(
                    "  links     median %.2f ms, longest %.2f ms, %d silent%n",
                    it.path("linkMedianMillis").asDouble(),
                    it.path("linkMaxMillis").asDouble(),
                    it.path("linksSilent").asInt()))
            .append(
                String.format(
                    "  canary    longest %.2f ms over %d shards, %d lost%n",
                    it.path("canaryMaxMillis").asDouble(),
                    it.path("canaries").asInt(),
                    it.path("canariesLost").asInt()));
    it.path("failures")
        .forEach(failure -> text.append("  ! ").append(failure.asText()).append('\n'));
    return text.toString();
  }

  private static String path(String worker, String what) {
    return SERVERS + Words.encoded(worker) + "/" + what;
  }
}
