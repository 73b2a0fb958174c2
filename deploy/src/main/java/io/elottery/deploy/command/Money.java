package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Amounts for people. */
final class Money {
  private Money() {}

  /** {@code 2.00 USD} from 200 minor units, or from an object with amount and currency. */
  static String text(JsonNode amount, String currency) {
    JsonNode minor = amount.isObject() ? amount.path("amount") : amount;
    String unit = amount.isObject() ? amount.path("currency").asText() : currency;
    return (BigDecimal.valueOf(minor.asLong(), 2).toPlainString() + " " + unit).strip();
  }
}
