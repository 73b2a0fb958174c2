package io.elottery.lottery.chronicle;

import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code statistics}: by game how many draws, tickets, stakes, winners and prizes there were, how
 * often each number came, and the same sums by day (UTC, of closing).
 *
 * <p>Asked with {@code game} or nothing; answers {@code games}, each with {@code days}, the latest
 * 400.
 */
final class StatisticsPlugin implements ProjectionPlugin {
  private static final int DAYS_MAX = 400;
  private static final String NUMBERS = "numbers.";

  @Override
  public String name() {
    return "statistics";
  }

  @Override
  public Projection begin(BranchId branch) {
    return new View();
  }

  /** Sums over draws. */
  private static final class Sums {
    private long draws;
    private long tickets;
    private long stakes;
    private long winners;
    private long prizes;

    void closed(Happening it, int sign) {
      draws += sign;
      tickets += sign * number(it, "tickets");
      stakes += sign * number(it, "stakes");
    }

    void drawn(Happening it, int sign) {
      winners += sign * number(it, "winners");
      prizes += sign * number(it, "prizes");
    }

    Json.Fields toJson() {
      return Json.fields()
          .with("closed", draws)
          .with("tickets", tickets)
          .with("stakes", stakes)
          .with("winners", winners)
          .with("prizes", prizes);
    }
  }

  /** All of one game. */
  private static final class Game {
    private final Sums all = new Sums();
    private final TreeMap<LocalDate, Sums> days = new TreeMap<>();
    private final TreeMap<String, TreeMap<Integer, Long>> numbers = new TreeMap<>();
    private String currency = "";
    private long opened;

    void count(Happening it, LocalDate day, int sign) {
      switch (it.kind()) {
        case OPENED -> opened += sign;
        case CLOSED -> {
          currency = it.fact("currency");
          all.closed(it, sign);
          day(day).closed(it, sign);
        }
        case DRAWN -> {
          all.drawn(it, sign);
          day(day).drawn(it, sign);
          numbers(it, sign);
        }
        default -> {
          // The others add up to nothing.
        }
      }
      if (sign < 0 && days.containsKey(day) && day(day).draws <= 0) {
        days.remove(day);
      }
    }

    private Sums day(LocalDate day) {
      return days.computeIfAbsent(day, fresh -> new Sums());
    }

    private void numbers(Happening it, int sign) {
      it.facts()
          .forEach(
              (name, drawn) -> {
                if (name.startsWith(NUMBERS)) {
                  TreeMap<Integer, Long> pool =
                      numbers.computeIfAbsent(
                          name.substring(NUMBERS.length()), fresh -> new TreeMap<>());
                  for (String each : drawn.split(" ")) {
                    pool.merge(Integer.valueOf(each), (long) sign, Long::sum);
                  }
                }
              });
    }

    Json.Fields toJson() {
      Json.Fields came = Json.fields();
      for (Map.Entry<String, TreeMap<Integer, Long>> pool : numbers.entrySet()) {
        Json.Fields often = Json.fields();
        for (Map.Entry<Integer, Long> each : pool.getValue().entrySet()) {
          if (each.getValue() > 0) {
            often = often.with(each.getKey().toString(), each.getValue());
          }
        }
        came = came.with(pool.getKey(), often);
      }
      List<Json> latest = new ArrayList<>();
      for (Map.Entry<LocalDate, Sums> day : days.descendingMap().entrySet()) {
        if (latest.size() == DAYS_MAX) {
          break;
        }
        latest.add(day.getValue().toJson().with("day", day.getKey().toString()));
      }
      return all.toJson()
          .with("opened", opened)
          .with("currency", currency)
          .with("numbers", came)
          .with("days", latest);
    }
  }

  private static long number(Happening it, String fact) {
    return Long.parseLong(it.facts().getOrDefault(fact, "0"));
  }

  private static final class View implements Projection {
    private final TreeMap<String, Game> games = new TreeMap<>();
    private final TreeMap<DrawRef, List<Happening>> counted = new TreeMap<>();

    @Override
    public void happened(Happening it) {
      List<Happening> before = counted.computeIfAbsent(it.draw(), draw -> new ArrayList<>(3));
      switch (it.kind()) {
        case OPENED, CLOSED, DRAWN -> {
          before.add(it);
          count(it, day(before), 1);
        }
        default -> {
          // Nothing to count.
        }
      }
    }

    @Override
    public void forgotten(Set<DrawRef> draws) {
      for (DrawRef draw : draws) {
        List<Happening> gone = counted.remove(draw);
        if (gone != null) {
          gone.forEach(it -> count(it, day(gone), -1));
        }
      }
    }

    private void count(Happening it, LocalDate day, int sign) {
      games.computeIfAbsent(it.draw().game().text(), name -> new Game()).count(it, day, sign);
    }

    // Of its closing, or of its opening before that.
    private static LocalDate day(List<Happening> ofDraw) {
      Happening at = ofDraw.get(0);
      for (Happening it : ofDraw) {
        at = it.kind() == Happening.Kind.CLOSED ? it : at;
      }
      return LocalDate.ofInstant(at.at(), ZoneOffset.UTC);
    }

    @Override
    public Json.Fields answer(SortedMap<String, String> words) throws QuestionRefused {
      String game = new Question(words).only("game").text("game");
      Json.Fields all = Json.fields();
      for (Map.Entry<String, Game> each : games.entrySet()) {
        if (game.isEmpty() || each.getKey().equals(game)) {
          all = all.with(each.getKey(), each.getValue().toJson());
        }
      }
      return Json.fields().with("games", all);
    }
  }
}
