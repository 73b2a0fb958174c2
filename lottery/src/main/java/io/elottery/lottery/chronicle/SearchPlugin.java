package io.elottery.lottery.chronicle;

import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code search}: draws by words. Each word of {@code q} must begin one of a draw's: its game, id,
 * branch, slot, date ({@code 2026-11-21}), state or a number that was drawn.
 *
 * <p>Asked with {@code q}, {@code limit} and {@code before} (a number, to go on); answers {@code
 * items}, the latest opened first, and {@code next} when there are more.
 */
final class SearchPlugin implements ProjectionPlugin {
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 100;
  private static final String NUMBERS = "numbers.";

  @Override
  public String name() {
    return "search";
  }

  @Override
  public Projection begin(BranchId branch) {
    return new View();
  }

  /** A draw as it is found. */
  private static final class Found {
    private final Happening opened;
    private final TreeMap<String, String> numbers = new TreeMap<>(); // by pool
    private String state = "OPEN";
    private String tickets = "";
    private Instant since;

    Found(Happening opened) {
      this.opened = opened;
      this.since = opened.at();
    }

    void happened(Happening it) {
      since = it.at();
      switch (it.kind()) {
        case OPENED, CHANGED, COMMITTED, SIGNED -> {}
        case CLOSED -> {
          state = "CLOSED";
          tickets = it.fact("tickets");
        }
        case REVEALED -> state = "REVEALING";
        case DRAWN -> {
          state = it.kind().name();
          it.facts()
              .forEach(
                  (name, drawn) -> {
                    if (name.startsWith(NUMBERS)) {
                      numbers.put(name.substring(NUMBERS.length()), drawn);
                    }
                  });
        }
        case STALLED, CERTIFIED, DISPUTED, VOID -> state = it.kind().name();
      }
    }

    boolean has(List<String> wanted) {
      DrawRef draw = opened.draw();
      Set<String> words = new TreeSet<>();
      words.add(draw.game().text());
      words.add(draw.id().toString().toLowerCase(Locale.ROOT));
      words.add(draw.branch().code().toLowerCase(Locale.ROOT));
      words.add(draw.id().slot().name().toLowerCase(Locale.ROOT));
      words.add(draw.id().date().toString());
      words.add(state.toLowerCase(Locale.ROOT));
      numbers.values().forEach(drawn -> words.addAll(Arrays.asList(drawn.split(" "))));
      return wanted.stream()
          .allMatch(
              each ->
                  each.matches("[0-9]{1,2}")
                      ? words.contains(each)
                      : words.stream().anyMatch(word -> word.startsWith(each)));
    }

    Json.Fields toJson() {
      Json.Fields drawn = Json.fields();
      for (Map.Entry<String, String> pool : numbers.entrySet()) {
        drawn = drawn.with(pool.getKey(), pool.getValue());
      }
      return Json.fields()
          .with("game", opened.draw().game().text())
          .with("id", opened.draw().id().toString())
          .with("branch", opened.draw().branch().code())
          .with("openedAt", opened.at().toString())
          .with("state", state)
          .with("since", since.toString())
          .with("tickets", tickets)
          .with("numbers", drawn);
    }
  }

  private static final class View implements Projection {
    private final TreeMap<Long, Found> byNumber = new TreeMap<>(); // of its opening
    private final TreeMap<DrawRef, Found> byDraw = new TreeMap<>();

    @Override
    public void happened(Happening it) {
      if (it.kind() == Happening.Kind.OPENED) {
        Found fresh = new Found(it);
        byNumber.put(it.number(), fresh);
        byDraw.put(it.draw(), fresh);
      } else {
        Found known = byDraw.get(it.draw());
        if (known != null) {
          known.happened(it);
        }
      }
    }

    @Override
    public void forgotten(Set<DrawRef> draws) {
      for (DrawRef draw : draws) {
        Found gone = byDraw.remove(draw);
        if (gone != null) {
          byNumber.remove(gone.opened.number());
        }
      }
    }

    @Override
    public Json.Fields answer(SortedMap<String, String> words) throws QuestionRefused {
      Question question = new Question(words).only("q", "limit", "before");
      int limit = (int) question.number("limit", LIMIT, 1, LIMIT_MAX);
      long before = question.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
      List<String> wanted =
          Arrays.stream(question.text("q").toLowerCase(Locale.ROOT).split("[\\s/,]+"))
              .filter(word -> !word.isEmpty())
              .toList();
      List<Json> items = new ArrayList<>();
      long last = 0;
      for (Map.Entry<Long, Found> each :
          byNumber.headMap(before, false).descendingMap().entrySet()) {
        if (!each.getValue().has(wanted)) {
          continue;
        }
        if (items.size() == limit) {
          return Json.fields().with("items", items).with("next", Long.toString(last));
        }
        items.add(each.getValue().toJson());
        last = each.getKey();
      }
      return Json.fields().with("items", items);
    }
  }
}
