package io.elottery.lottery.id;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a draw within its game: branch, slot, date and, from the second draw of a slot on, a
 * number: {@code TORM211126}, {@code TORM211126-2}.
 *
 * <p>Orders by date, slot, branch and number.
 *
 * @param date in the years 2000 … 2099
 * @param number 1 … 999999; 1 is not written
 */
public record DrawId(BranchId branch, Slot slot, LocalDate date, int number)
    implements Comparable<DrawId> {
  private static final Pattern FORM =
      Pattern.compile("([A-Z]{3})([MAE])(\\d{2})(\\d{2})(\\d{2})(?:-([1-9]\\d{0,5}))?");
  private static final Comparator<DrawId> ORDER =
      Comparator.comparing(DrawId::date)
          .thenComparing(DrawId::slot)
          .thenComparing(DrawId::branch)
          .thenComparingInt(DrawId::number);

  /** Checks the ranges. */
  public DrawId {
    if (date.getYear() < 2000 || date.getYear() > 2099) {
      throw new IllegalArgumentException("draw date " + date + ": expected 2000 to 2099");
    }
    if (number < 1 || number > 999_999) {
      throw new IllegalArgumentException("draw number " + number + ": expected 1 to 999999");
    }
  }

  /** The first draw of a slot. */
  public static DrawId of(BranchId branch, Slot slot, LocalDate date) {
    return new DrawId(branch, slot, date, 1);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static DrawId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches() && !"1".equals(matcher.group(6))) {
      try {
        LocalDate date =
            LocalDate.of(
                2000 + Integer.parseInt(matcher.group(5)),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(3)));
        int number = matcher.group(6) == null ? 1 : Integer.parseInt(matcher.group(6));
        Slot slot = Slot.ofLetter(matcher.group(2).charAt(0));
        return new DrawId(BranchId.of(matcher.group(1)), slot, date, number);
      } catch (java.time.DateTimeException noSuchDay) {
        throw new IllegalArgumentException("draw \"" + text + "\": there is no such day");
      }
    }
    throw new IllegalArgumentException(
        "draw \"" + text + "\": expected branch, M A or E, ddMMyy, perhaps -2, like TORM211126");
  }

  /** The same branch, slot and day with another number. */
  public DrawId withNumber(int other) {
    return new DrawId(branch, slot, date, other);
  }

  @Override
  public int compareTo(DrawId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(16).append(branch.code()).append(slot.letter());
    twoDigits(text, date.getDayOfMonth());
    twoDigits(text, date.getMonthValue());
    twoDigits(text, date.getYear() % 100);
    return number == 1 ? text.toString() : text.append('-').append(number).toString();
  }

  private static void twoDigits(StringBuilder text, int value) {
    text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
