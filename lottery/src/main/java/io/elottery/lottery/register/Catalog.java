package io.elottery.lottery.register;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.catalog.PastResults;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.results.PastResult;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** All games and the parties file. Changed by the machine's events only. */
public final class Catalog {
  private final TreeMap<GameName, Game> games = new TreeMap<>();
  private String parties = "";
  private int partiesVersion;

  /** By name. */
  public Collection<Game> games() {
    return Collections.unmodifiableCollection(games.values());
  }

  /** The game of this name. */
  public Optional<Game> game(GameName name) {
    return Optional.ofNullable(games.get(name));
  }

  /** The parties file; empty before the first. */
  public String parties() {
    return parties;
  }

  /** How often the parties file changed. */
  public int partiesVersion() {
    return partiesVersion;
  }

  /** Takes a game's rules, new or changed. */
  public void define(GameName name, RuleBook book, String columns, int version) {
    Game game = games.get(name);
    if (game == null) {
      games.put(name, new Game(name, book, columns, version));
    } else {
      game.redefine(book, columns, version);
    }
  }

  /** Takes results of a game that is there. */
  public void add(GameName name, List<PastResult> results) {
    Game game = games.get(name);
    if (game != null) {
      results.forEach(game::add);
    }
  }

  /** Takes a version of the parties file. */
  public void publish(String file, int version) {
    parties = file;
    partiesVersion = version;
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.text(parties).varint(partiesVersion).varint(games.size());
    for (Game game : games.values()) {
      Fields.game(out, game.name());
      out.text(game.book().text()).text(game.columns()).varint(game.version());
      Fields.list(out, List.copyOf(game.results().values()), PastResults::write);
    }
  }

  /** How rules are read, so that the same ones are shared. */
  public interface Books {
    /** The book of these rules. */
    RuleBook book(String text) throws MalformedMessage;
  }

  /** Reads what {@link #write} wrote. */
  public static Catalog read(WireReader in, Books books) throws MalformedMessage {
    Catalog catalog = new Catalog();
    catalog.publish(in.text(), in.count(Integer.MAX_VALUE));
    for (int left = in.count(100_000); left > 0; left--) {
      GameName name = Fields.game(in);
      RuleBook book = books.book(in.text());
      catalog.define(name, book, in.text(), in.count(Integer.MAX_VALUE));
      catalog.add(name, Fields.list(in, Integer.MAX_VALUE, PastResults::read));
    }
    return catalog;
  }
}
