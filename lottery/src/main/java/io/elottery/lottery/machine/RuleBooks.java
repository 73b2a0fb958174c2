package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.RuleBook;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rule books by their text, so that a thousand draws share one. For speed only: no state. */
final class RuleBooks implements Catalog.Books {
  private static final int KEPT_MAX = 256; // texts; the oldest is forgotten

  private final Map<String, RuleBook> byText =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RuleBook> eldest) {
          return size() > KEPT_MAX;
        }
      };

  RuleBook read(String text) throws JsonRefused {
    RuleBook known = byText.get(text);
    if (known != null) {
      return known;
    }
    RuleBook book = RuleBook.read(text);
    RuleBook same = byText.getOrDefault(book.text(), book);
    byText.put(book.text(), same);
    return same;
  }

  @Override
  public RuleBook book(String text) throws MalformedMessage {
    try {
      return read(text);
    } catch (JsonRefused refused) {
      throw new MalformedMessage("rules: " + refused.getMessage());
    }
  }
}
