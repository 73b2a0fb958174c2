package io.elottery.controller.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code draws.schedule}: which game opens a draw in which branch, when and for how
 * long.
 *
 * <pre>
 * powerball TOR every 5min open 4min
 * lotto649 MTL cron "0 0 20 ? * WED,SAT" open 71h
 * </pre>
 *
 * <p>The cron form has Quartz' six or seven fields, second first, in UTC.
 *
 * @param game for example {@code powerball}
 * @param branch for example {@code TOR}
 * @param when how it recurs
 * @param open how long each draw sells
 */
public record ScheduleLine(String game, String branch, Recurrence when, Duration open) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<game>[a-z][a-z0-9]*) +(?<branch>[A-Z]{3}) +"
              + "(?:every +(?<every>\\S+)|cron +\"(?<cron>[^\"]+)\") +open +(?<open>\\S+)");
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|min|h|d)");

  /** How often. */
  public sealed interface Recurrence {
    /** Answers each case. */
    <R> R match(Cases<R> cases);

    /** At the start and then once in every period. */
    record Every(Duration period) implements Recurrence {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.every(this);
      }
    }

    /** When the expression says so. */
    record Cron(String expression) implements Recurrence {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.cron(this);
      }
    }

    /** One method for each case. */
    interface Cases<R> {
      /** {@link Every}. */
      R every(Every every);

      /** {@link Cron}. */
      R cron(Cron cron);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static ScheduleLine parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\": expected \"GAME BRANCH every 5min open 4min\" or"
              + " \"GAME BRANCH cron \"0 0 20 ? * SAT\" open 71h\"");
    }
    String every = form.group("every");
    Recurrence when =
        every == null
            ? new Recurrence.Cron(form.group("cron"))
            : new Recurrence.Every(duration(every));
    return new ScheduleLine(
        form.group("game"), form.group("branch"), when, duration(form.group("open")));
  }

  /** Names the line in logs and keys. */
  public String id() {
    return game + "/" + branch;
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "duration \"" + text + "\": expected a number and ms, s, min, h or d");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "min" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
