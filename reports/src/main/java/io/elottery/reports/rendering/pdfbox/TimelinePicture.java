package io.elottery.reports.rendering.pdfbox;

import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.Letters;
import io.elottery.reports.history.ServerFigures;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A row for each server, coloured by what was concluded about it. */
final class TimelinePicture {
  private static final Sheet.Type NAME = new Sheet.Type(8.5f, Ink.TEXT, false);
  private static final Sheet.Type SMALL = new Sheet.Type(7.5f, Ink.QUIET, false);
  private static final Sheet.Type HEAD = new Sheet.Type(12, Ink.TEXT, true);
  private static final float LEFT = Sheet.MARGIN + 96;
  private static final float WIDTH = Sheet.RIGHT - 58 - LEFT;
  private static final float ROW = 15;
  private static final int TICKS_MAX = 9;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(14));

  private final HealthReport report;
  private final Sheet sheet;

  TimelinePicture(HealthReport report, Sheet sheet) {
    this.report = report;
    this.sheet = sheet;
  }

  /** Draws from that height on, over as many pages as it takes; returns where it ended. */
  float draw(float top) throws IOException {
    float y = head(top);
    for (ServerFigures server : report.servers()) {
      if (y + ROW + 30 > Sheet.BOTTOM) {
        axis(y);
        sheet.next();
        y = head(Sheet.MARGIN);
      }
      row(server, y);
      y += ROW;
    }
    return axis(y);
  }

  private float head(float top) throws IOException {
    sheet.text(HEAD, Sheet.MARGIN, top + 12, "Servers over time");
    float x = Sheet.RIGHT;
    Verdict[] all = Verdict.values();
    for (int i = all.length - 1; i >= 0; i--) {
      String name = all[i].name().toLowerCase(Locale.ROOT);
      x -= sheet.width(SMALL, name);
      sheet.text(SMALL, x, top + 11, name);
      x -= 11;
      sheet.fill(Ink.of(all[i]), x, top + 4.5f, 8, 8);
      x -= 10;
    }
    sheet.right(SMALL, Sheet.RIGHT, top + 29, "available");
    return top + 34;
  }

  private void row(ServerFigures server, float y) throws IOException {
    sheet.text(NAME, Sheet.MARGIN, y + 10, server.server().name());
    sheet.fill(Ink.FAINT, LEFT, y + 1.5f, WIDTH, ROW - 3);
    String letters = server.timeline();
    float column = WIDTH / Math.max(1, letters.length());
    int i = 0;
    while (i < letters.length()) {
      int from = i;
      char letter = letters.charAt(i);
      while (i < letters.length() && letters.charAt(i) == letter) {
        i++;
      }
      if (letter != Letters.NONE) {
        Verdict verdict = Letters.verdict(letter);
        // What is down sticks out: it is found without its colour.
        float out = verdict == Verdict.DOWN ? 1.5f : 0;
        sheet.fill(
            Ink.of(verdict),
            LEFT + from * column,
            y + 1.5f - out,
            (i - from) * column,
            ROW - 3 + 2 * out);
      }
    }
    boolean known = server.verdicts().totalMillis() > 0;
    sheet.right(
        NAME,
        Sheet.RIGHT,
        y + 10,
        known ? String.format(Locale.ROOT, "%.2f %%", 100 * server.available()) : "–");
  }

  // Ticks at whole steps, the day where it changes.
  private float axis(float y) throws IOException {
    long seconds = Math.max(1, Duration.between(report.from(), end()).toSeconds());
    Duration step = STEPS.get(STEPS.size() - 1);
    for (int i = STEPS.size() - 1; i >= 0; i--) {
      step = seconds / STEPS.get(i).toSeconds() < TICKS_MAX ? STEPS.get(i) : step;
    }
    long each = step.toSeconds();
    boolean days = each >= Duration.ofDays(1).toSeconds();
    DateTimeFormatter clock =
        DateTimeFormatter.ofPattern(days ? "d MMM" : "HH:mm", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    long first = Math.floorDiv(report.from().getEpochSecond() + each - 1, each) * each;
    for (long at = first; at <= end().getEpochSecond(); at += each) {
      float x = LEFT + WIDTH * (at - report.from().getEpochSecond()) / seconds;
      sheet.line(Ink.QUIET, x, y + 1, x, y + 5);
      sheet.centred(SMALL, x, y + 14, clock.format(Instant.ofEpochSecond(at)));
    }
    sheet.text(SMALL, Sheet.MARGIN, y + 14, "time in UTC");
    return y + 22;
  }

  private Instant end() {
    int columns = report.servers().isEmpty() ? 1 : report.servers().get(0).timeline().length();
    return report.from().plus(report.column().multipliedBy(columns));
  }
}
