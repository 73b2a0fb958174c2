package io.elottery.web.site;

import io.elottery.foundation.time.RandomSource;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.BuyForm;
import io.elottery.web.site.view.PoolForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes the forms tickets are bought with, and reads them. Fields are {@code l0-main}. */
final class BuyForms {
  private static final int LINES_MAX = 5;

  private final RandomSource random;

  /**
   * @param random for idempotency keys, held by the page before anything is sent
   */
  BuyForms(RandomSource random) {
    this.random = random;
  }

  BuyForm form(DrawRef draw, Rules rules, WebRequest request, Form filled) {
    int lines =
        lines(
            filled.text("lines").isEmpty()
                ? request.query("lines").orElse("1")
                : filled.text("lines"));
    String href = "/draws/" + draw.game().text() + "/" + draw.id();
    List<List<PoolForm>> pools = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      pools.add(pools(rules, line, filled));
    }
    return new BuyForm(
        href + "/tickets",
        pools,
        key(),
        key(),
        1,
        Wager.LINES_MAX,
        Shown.money(Money.of(rules.price(), rules.currency())),
        rules.price(),
        rules.currency(),
        lines < LINES_MAX ? Optional.of(href + "?lines=" + (lines + 1)) : Optional.empty());
  }

  private static List<PoolForm> pools(Rules rules, int line, Form filled) {
    List<PoolForm> pools = new ArrayList<>();
    for (Pool pool : rules.pools()) {
      String field = field(line, pool.name());
      Set<Integer> chosen = new HashSet<>();
      filled.all(field).stream()
          .filter(text -> text.matches("[0-9]{1,7}"))
          .forEach(text -> chosen.add(Integer.parseInt(text)));
      pools.add(
          new PoolForm(
              field,
              pool.name().substring(0, 1).toUpperCase(Locale.ROOT) + pool.name().substring(1),
              pool.play(),
              pools.isEmpty(),
              IntStream.rangeClosed(pool.first(), pool.last()).boxed().toList(),
              chosen));
    }
    return pools;
  }

  /** What the form asks for. Whether the game allows it is for the ledger to say. */
  static Wager wager(Form form) throws Unacceptable {
    if (!form.text("quickPick").isEmpty()) {
      return new Wager.QuickPick(number("quickPick", form.text("quickPick")));
    }
    List<Line> lines = new ArrayList<>();
    for (int line = 0; line < lines(form.text("lines")); line++) {
      TreeMap<String, List<Integer>> picks = new TreeMap<>();
      String prefix = field(line, "");
      for (String field : form.names()) {
        if (field.startsWith(prefix)) {
          List<Integer> numbers = new ArrayList<>();
          for (String text : form.all(field)) {
            numbers.add(number(field, text));
          }
          picks.put(field.substring(prefix.length()), numbers);
        }
      }
      lines.add(new Line(picks));
    }
    return new Wager.Marked(lines);
  }

  private static String field(int line, String pool) {
    return "l" + line + "-" + pool;
  }

  private static int lines(String text) {
    return text.matches("[1-" + LINES_MAX + "]") ? Integer.parseInt(text) : 1;
  }

  private static int number(String field, String text) throws Unacceptable {
    if (!text.matches("[0-9]{1,7}")) {
      throw Problem.invalid(field, "Expected a whole number.").unacceptable();
    }
    return Integer.parseInt(text);
  }

  private String key() {
    return HexFormat.of().formatHex(random.bytes(16));
  }
}
