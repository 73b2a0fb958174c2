package io.elottery.lottery.chronicle;

import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code feed}: what happened, in order, for third parties and for a draw's history.
 *
 * <p>Asked with {@code after} (the last number known), {@code limit}, {@code game}, {@code draw}
 * (an id), or with {@code newest} (any text), which gives the last ones; answers {@code items} and
 * {@code last}, the number up to which it looked.
 */
final class FeedPlugin implements ProjectionPlugin {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 500;

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public Projection begin(BranchId branch) {
    return new View();
  }

  private static final class View implements Projection {
    private final TreeMap<Long, Happening> all = new TreeMap<>();
    private final TreeMap<DrawRef, List<Happening>> byDraw = new TreeMap<>();

    @Override
    public void happened(Happening it) {
      all.put(it.number(), it);
      byDraw.computeIfAbsent(it.draw(), draw -> new ArrayList<>(12)).add(it);
    }

    @Override
    public void forgotten(Set<DrawRef> draws) {
      for (DrawRef draw : draws) {
        List<Happening> gone = byDraw.remove(draw);
        if (gone != null) {
          gone.forEach(it -> all.remove(it.number()));
        }
      }
    }

    @Override
    public Json.Fields answer(SortedMap<String, String> words) throws QuestionRefused {
      Question question = new Question(words).only("after", "limit", "game", "draw", "newest");
      long after = question.number("after", 0, 0, Long.MAX_VALUE);
      int limit = (int) question.number("limit", LIMIT, 1, LIMIT_MAX);
      String game = question.text("game");
      String draw = question.text("draw");
      List<Json> items = new ArrayList<>();
      long last = all.isEmpty() ? after : Math.max(after, all.lastKey());
      if (!question.text("newest").isEmpty()) {
        for (Happening it : all.descendingMap().values()) {
          if (items.size() == limit) {
            break;
          }
          items.add(0, it.toJson());
        }
        return Json.fields().with("items", items).with("last", last);
      }
      for (Happening it : from(game, draw, after)) {
        if (items.size() == limit) {
          break;
        }
        if (game.isEmpty() || it.draw().game().text().equals(game)) {
          items.add(it.toJson());
          if (items.size() == limit) {
            last = it.number();
          }
        }
      }
      return Json.fields().with("items", items).with("last", last);
    }

    private Iterable<Happening> from(String game, String draw, long after) throws QuestionRefused {
      if (draw.isEmpty()) {
        return all.tailMap(after, false).values();
      }
      try {
        return byDraw.getOrDefault(DrawRef.of(game, draw), List.of()).stream()
            .filter(it -> it.number() > after)
            .toList();
      } catch (IllegalArgumentException noDraw) {
        throw new QuestionRefused("draw", "expected game and the id of a draw: " + noDraw);
      }
    }
  }
}
