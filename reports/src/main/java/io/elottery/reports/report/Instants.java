package io.elottery.reports.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as {@link Instant#toString} writes them, read and written without a formatter: a hemisphere
 * of 5,000 workers reads 20,000 of them a second. Everything else is left to {@link Instant}.
 */
public final class Instants {
  private static final int SECONDS_END = 19; // 2026-11-21T12:00:00
  private static final int NANO_DIGITS = 9;
  private static final int THOUSAND = 1_000;
  private static final int MILLION = 1_000_000;
  private static final long DAY = 86_400;
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final String FORM = "0000-00-00T00:00:00";

  private Instants() {}

  /** The same text as {@link Instant#toString}. */
  public static String text(Instant time) {
    long second = time.getEpochSecond();
    if (second < 0 || second >= YEAR_10000) {
      return time.toString();
    }
    int nanos = time.getNano();
    int digits = nanos == 0 ? 0 : nanos % MILLION == 0 ? 3 : nanos % THOUSAND == 0 ? 6 : 9;
    byte[] text = new byte[SECONDS_END + 1 + (digits == 0 ? 0 : digits + 1)];
    LocalDate date = LocalDate.ofEpochDay(second / DAY);
    int of = (int) (second % DAY);
    put(text, 0, 4, date.getYear());
    put(text, 5, 2, date.getMonthValue());
    put(text, 8, 2, date.getDayOfMonth());
    put(text, 11, 2, of / 3_600);
    put(text, 14, 2, of / 60 % 60);
    put(text, 17, 2, of % 60);
    text[4] = '-';
    text[7] = '-';
    text[10] = 'T';
    text[13] = ':';
    text[16] = ':';
    if (digits > 0) {
      text[SECONDS_END] = '.';
      int part = digits == 3 ? nanos / MILLION : digits == 6 ? nanos / THOUSAND : nanos;
      put(text, SECONDS_END + 1, digits, part);
    }
    text[text.length - 1] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void put(byte[] text, int at, int digits, int number) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Reads it. */
  public static Instant parse(String text) {
    int length = text.length();
    if (length <= SECONDS_END || !hasForm(text) || text.charAt(length - 1) != 'Z') {
      return Instant.parse(text);
    }
    int nanos = 0;
    if (length > SECONDS_END + 1) {
      int digits = length - SECONDS_END - 2;
      if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > NANO_DIGITS) {
        return Instant.parse(text);
      }
      for (int i = 0; i < NANO_DIGITS; i++) {
        int digit = i < digits ? text.charAt(SECONDS_END + 1 + i) - '0' : 0;
        if (digit < 0 || digit > 9) {
          return Instant.parse(text);
        }
        nanos = nanos * 10 + digit;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean usual = month >= 1 && month <= 12 && day >= 1 && day <= 28;
    if (!usual || hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
  }

  private static boolean hasForm(String text) {
    for (int i = 0; i < SECONDS_END; i++) {
      char expected = FORM.charAt(i);
      char c = text.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
