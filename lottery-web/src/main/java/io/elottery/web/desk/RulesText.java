package io.elottery.web.desk;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.rules.Rules;
import java.nio.charset.StandardCharsets;

/** Reads rules as the catalog holds them. */
public final class RulesText {
  private RulesText() {}

  /** The rules; the catalog holds only what can be read. */
  public static Rules parse(String canonicalJson) {
    try {
      return Rules.fromJson(CanonicalJson.parse(canonicalJson.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonRefused refused) {
      throw new IllegalStateException("rules of the catalog: " + refused.getMessage(), refused);
    }
  }
}
