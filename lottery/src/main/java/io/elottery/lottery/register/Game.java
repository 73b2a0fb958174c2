package io.elottery.lottery.register;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.results.PastResult;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A game of the catalog: its current rules and the real past results imported for it. */
public final class Game {
  /**
   * Where a result stands: a day, and the columns kept, which tell several of one day apart.
   *
   * @param kept canonical JSON
   */
  public record Place(LocalDate date, String kept) implements Comparable<Place> {
    /** The place of a result. */
    public static Place of(PastResult result) {
      Json.Fields kept = Json.fields();
      for (Map.Entry<String, String> column : result.kept().entrySet()) {
        kept = kept.with(column.getKey(), column.getValue());
      }
      return new Place(result.date(), CanonicalJson.text(kept));
    }

    @Override
    public int compareTo(Place other) {
      int byDate = date.compareTo(other.date);
      return byDate != 0 ? byDate : kept.compareTo(other.kept);
    }
  }

  private final GameName name;
  private final TreeMap<Place, PastResult> results = new TreeMap<>();
  private RuleBook book;
  private String columns;
  private int version;

  /** A game with its first rules. */
  public Game(GameName name, RuleBook book, String columns, int version) {
    this.name = name;
    this.book = book;
    this.columns = columns;
    this.version = version;
  }

  /** Its name. */
  public GameName name() {
    return name;
  }

  /** The current rules. */
  public RuleBook book() {
    return book;
  }

  /** How often the rules changed, from 1. */
  public int version() {
    return version;
  }

  /** Canonical JSON of the columns of a file of its past results; empty: none. */
  public String columns() {
    return columns;
  }

  /** Past results by place. */
  public NavigableMap<Place, PastResult> results() {
    return Collections.unmodifiableNavigableMap(results);
  }

  /** Takes new rules. */
  public void redefine(RuleBook newBook, String newColumns, int newVersion) {
    book = newBook;
    columns = newColumns;
    version = newVersion;
  }

  /** Takes a result; one that is there is left as it is. */
  public void add(PastResult result) {
    results.putIfAbsent(Place.of(result), result);
  }
}
