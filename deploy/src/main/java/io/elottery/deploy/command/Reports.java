package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Output;
import io.elottery.deploy.outcome.Table;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.rendering.HealthCsv;
import io.elottery.reports.rendering.HealthJson;
import io.elottery.reports.rendering.pdfbox.HealthPdf;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery reports …}: what workers told main, and how healthy all was. */
@Command(
    name = "reports",
    description = {
      "Shows the last reports of the workers, the newest last.",
      "Numbers that never came are named, relayed reports marked."
    })
final class Reports implements Callable<Integer> {
  private static final String PATH = "/api/v1/reports";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Pattern BACK = Pattern.compile("-([0-9]{1,5})(min|h|d)");

  private final Invocation invocation;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with those that come, until interrupted.")
  private boolean follows;

  @Option(
      names = "--priority",
      paramLabel = "PRIORITY",
      description = "At least so urgent: critical, warning, notice or routine (all).")
  private Optional<String> priority = Optional.empty();

  @Option(names = "--worker", paramLabel = "WORKER", description = "Only this worker's.")
  private Optional<String> worker = Optional.empty();

  @Option(names = "--limit", defaultValue = "20", paramLabel = "N")
  private int limit = 20;

  Reports(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    String filter =
        "?limit="
            + limit
            + priority.map(it -> "&priority=" + encoded(it)).orElse("")
            + worker.map(it -> "&worker=" + encoded(it)).orElse("");
    Http staff = invocation.staff();
    JsonNode page = staff.get(PATH + filter).json();
    if (!follows) {
      JsonNode shown = page;
      invocation.output().print(invocation.out(), page, () -> text(shown));
      return ExitCode.DONE.number();
    }
    PrintStream out = invocation.out();
    boolean json = invocation.output() != Output.TABLE;
    page.path("items").forEach(item -> out.println(json ? item.toString() : line(item)));
    String last = page.path("next").asText();
    while (!out.checkError()) {
      last = next(staff, filter, last, item -> out.println(json ? item.toString() : line(item)));
    }
    return ExitCode.DONE.number();
  }

  // The gateway sends each report when main has it; a moment without one is said and bridged.
  private String next(Http staff, String filter, String after, Consumer<JsonNode> shown)
      throws CommandFailed {
    String[] last = {after};
    try {
      staff.follow(
          PATH + filter + "&after=" + encoded(after),
          (id, item) -> {
            shown.accept(item);
            last[0] = id.isEmpty() ? last[0] : id;
            return !invocation.out().checkError();
          });
    } catch (CommandFailed failed) {
      boolean away = failed.code() == ExitCode.UNREACHABLE || failed.code() == ExitCode.TIMED_OUT;
      if (!away) {
        throw failed;
      }
      invocation.err().println(failed.getMessage() + "; asked again");
      LockSupport.parkNanos(AGAIN.toNanos());
    }
    return last[0];
  }

  @Command(
      name = "health",
      description = {
        "Prints or draws how healthy servers and links were.",
        "Kept are minutes for 24 hours, ten minutes for 7 days, hours for 90 days."
      })
  int health(
      @Option(
              names = "--from",
              paramLabel = "WHEN",
              description = "2026-11-21T08:00:00Z, or -90min, -24h, -7d (default -24h).")
          Optional<String> from,
      @Option(names = "--to", paramLabel = "WHEN", description = "The same; default now.")
          Optional<String> to,
      @Option(names = "--format", defaultValue = "json", paramLabel = "json|csv|pdf") String format,
      @Option(names = "--out", paramLabel = "FILE", description = "Into a new file.")
          Optional<Path> file)
      throws CommandFailed {
    if (!List.of("json", "csv", "pdf").contains(format)) {
      throw new CommandFailed(ExitCode.USAGE, "--format is json, csv or pdf");
    }
    if (format.equals("pdf") && file.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "a PDF goes into a file: --out health.pdf");
    }
    List<String> query = new ArrayList<>();
    from.map(Reports::moment).ifPresent(at -> query.add("from=" + encoded(at)));
    to.map(Reports::moment).ifPresent(at -> query.add("to=" + encoded(at)));
    JsonNode json =
        invocation
            .staff()
            .get("/api/v1/history/health" + (query.isEmpty() ? "" : "?" + String.join("&", query)))
            .json();
    byte[] bytes = rendered(json, format);
    if (file.isEmpty()) {
      invocation.out().print(new String(bytes, StandardCharsets.UTF_8));
      invocation.out().flush();
      return ExitCode.DONE.number();
    }
    try {
      Files.write(file.get(), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailed(
          ExitCode.FAILED, file.get() + " is there already: name a new one", there);
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write " + file.get() + ": " + failed.getMessage(), failed);
    }
    invocation.err().println(json.path("headline").asText());
    invocation.err().println("written to " + file.get());
    return ExitCode.DONE.number();
  }

  private static byte[] rendered(JsonNode json, String format) throws CommandFailed {
    if (format.equals("json")) {
      return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
    try {
      HealthReport report = HealthJson.parse(json);
      return format.equals("csv")
          ? HealthCsv.of(report).getBytes(StandardCharsets.UTF_8)
          : HealthPdf.of(report);
    } catch (MalformedMessage odd) {
      throw new CommandFailed(
          ExitCode.FAILED, "this is no health report: " + odd.getMessage(), odd);
    }
  }

  static String text(JsonNode page) {
    StringBuilder text = new StringBuilder();
    Table table = new Table("RECEIVED", "WORKER", "NUMBER", "PRIORITY", "VERDICT", "SAYS");
    for (JsonNode item : page.path("items")) {
      table.row(
          item.path("received").asText(),
          item.path("worker").asText(),
          item.path("number").asText(),
          item.path("priority").asText(),
          item.path("verdict").asText(),
          says(item));
    }
    text.append(table.text());
    for (JsonNode gap : page.path("gaps")) {
      text.append("missing: ")
          .append(gap.path("worker").asText())
          .append(' ')
          .append(gap.path("from").asText())
          .append(gap.path("from").equals(gap.path("to")) ? "" : "–" + gap.path("to").asText())
          .append(", noticed ")
          .append(gap.path("noticed").asText())
          .append('\n');
    }
    List<String> shed = new ArrayList<>();
    page.path("shed")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().asLong() > 0) {
                shed.add(each.getValue().asText() + " " + each.getKey());
              }
            });
    if (!shed.isEmpty()) {
      text.append("turned away by ")
          .append(page.path("main").asText())
          .append(" while too many waited: ")
          .append(String.join(", ", shed))
          .append('\n');
    }
    return text.toString();
  }

  private static String line(JsonNode item) {
    return String.format(
        "%s  %-10s %6s  %-8s  %-7s  %s",
        item.path("received").asText(),
        item.path("worker").asText(),
        item.path("number").asText(),
        item.path("priority").asText(),
        item.path("verdict").asText(),
        says(item));
  }

  // What is not well; else how it does in a few words.
  private static String says(JsonNode item) {
    StringBuilder says = new StringBuilder();
    if (item.path("relayed").asBoolean()) {
      says.append("(relayed by ").append(item.path("relayedBy").asText()).append(") ");
    }
    if (!item.path("notes").isEmpty()) {
      List<String> notes = new ArrayList<>();
      item.path("notes").forEach(note -> notes.add(note.asText()));
      return says.append(String.join("; ", notes)).toString();
    }
    JsonNode load = item.path("load");
    long heapMax = load.path("heapMaxBytes").asLong();
    return says.append(item.path("neighbours").size())
        .append(" neighbours, processor ")
        .append(Math.round(Math.max(0, load.path("processor").asDouble()) * 100))
        .append(" %, heap ")
        .append(heapMax == 0 ? 0 : 100 * load.path("heapUsedBytes").asLong() / heapMax)
        .append(" %")
        .toString();
  }

  // "-24h" is a day before now; anything else is main's to read.
  static String moment(String text) {
    Matcher back = BACK.matcher(text);
    if (!back.matches()) {
      return text;
    }
    long count = Long.parseLong(back.group(1));
    Duration length =
        switch (back.group(2)) {
          case "min" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Instant.now().minus(length).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
