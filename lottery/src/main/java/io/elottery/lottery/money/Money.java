package io.elottery.lottery.money;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * An amount in a currency's minor units, so never a fraction. Adding different currencies or more
 * than a {@code long} holds is a bug and throws.
 *
 * @param minorUnits cents; below zero for what is owed
 * @param currency ISO 4217, three upper case letters
 */
public record Money(long minorUnits, String currency) {
  /** Checks the currency's form. */
  public Money {
    if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw new IllegalArgumentException(
          "currency \"" + currency + "\": expected three upper case letters, like CAD");
    }
  }

  /** An amount. */
  public static Money of(long minorUnits, String currency) {
    return new Money(minorUnits, currency);
  }

  /** The sum. */
  public Money plus(Money other) {
    return new Money(Math.addExact(minorUnits, other.same(currency).minorUnits), currency);
  }

  /** The difference. */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(minorUnits, other.same(currency).minorUnits), currency);
  }

  /** That many times this. */
  public Money times(long count) {
    return new Money(Math.multiplyExact(minorUnits, count), currency);
  }

  /** Writes amount and currency. */
  public void write(WireWriter out) {
    out.i64(minorUnits);
    for (int i = 0; i < 3; i++) {
      out.u8(currency.charAt(i));
    }
  }

  /** Reads amount and currency. */
  public static Money read(WireReader in) throws MalformedMessage {
    long minorUnits = in.i64();
    char[] currency = {(char) in.u8(), (char) in.u8(), (char) in.u8()};
    return new Money(minorUnits, new String(currency));
  }

  /** {@code CAD 10,000.00}, for people. */
  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "%s %s%,d.%02d",
        currency,
        minorUnits < 0 ? "-" : "",
        Math.abs(minorUnits / 100),
        Math.abs(minorUnits % 100));
  }

  private Money same(String expected) {
    if (!currency.equals(expected)) {
      throw new IllegalArgumentException("currency " + currency + ": expected " + expected);
    }
    return this;
  }
}
