package io.elottery.lottery.rules;

import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON form of rules. Keys that have their default are left out, so that one game has one text:
 * a pool's {@code first} 1, {@code play} equal to its pick, no {@code extras}, no {@code carry}.
 *
 * <p>Pools have only the keys of the draw's profile (name, pick, of, first); how many are played
 * and which are extra stands beside them: {@code "play":{"main":6}} and {@code
 * "extras":{"bonus":{"last":1,"pool":"main"}}}.
 */
final class RulesJson {
  private static final long PRIZE_MAX = 1_000_000_000_000L;

  private RulesJson() {}

  static Json.Fields write(Rules rules) {
    Json.Fields play = Json.fields();
    Json.Fields extras = Json.fields();
    List<Json> pools = new ArrayList<>();
    for (Pool pool : rules.pools()) {
      Json.Fields json =
          Json.fields().with("name", pool.name()).with("pick", pool.pick()).with("of", pool.of());
      pools.add(pool.first() == 1 ? json : json.with("first", pool.first()));
      if (pool.play() != pool.pick()) {
        play = play.with(pool.name(), pool.play());
      }
      if (pool.extra() > 0) {
        Json.Fields extra = Json.fields().with("pool", pool.name()).with("last", pool.extra());
        extras = extras.with(pool.extraName(), extra);
      }
    }
    Json.Fields json =
        Json.fields()
            .with("name", rules.name())
            .with("title", rules.title())
            .with("price", rules.price())
            .with("currency", rules.currency())
            .with("fundPermille", rules.fundPermille())
            .with("pools", pools)
            .with("tiers", rules.tiers().stream().map(RulesJson::write).toList());
    json = play.values().isEmpty() ? json : json.with("play", play);
    json = extras.values().isEmpty() ? json : json.with("extras", extras);
    return rules.carry().isEmpty() ? json : json.with("carry", rules.carry());
  }

  private static Json.Fields write(Tier tier) {
    Json.Fields match = Json.fields();
    for (Map.Entry<String, Integer> wanted : tier.match().entrySet()) {
      match = match.with(wanted.getKey(), wanted.getValue());
    }
    Json.Fields json = Json.fields().with("name", tier.name()).with("match", match);
    return tier.prize()
        .match(
            new Prize.Cases<>() {
              @Override
              public Json.Fields fixed(long minorUnits) {
                return json.with("prize", minorUnits);
              }

              @Override
              public Json.Fields share(int permille) {
                return json.with("sharePermille", permille);
              }
            });
  }

  static Rules read(Json json) throws JsonRefused {
    Rules rules = readSource(json);
    if (!write(rules).equals(json)) {
      throw new JsonRefused("game: a key that has its default value is left out");
    }
    return rules;
  }

  static Rules readSource(Json json) throws JsonRefused {
    try {
      return read(FieldReader.of("game", json));
    } catch (IllegalArgumentException unsound) {
      throw new JsonRefused("game: " + unsound.getMessage());
    }
  }

  private static Rules read(FieldReader in) throws JsonRefused {
    Map<String, Integer> play = counts("play", in);
    Map<String, Extra> extras = extras(in);
    List<Pool> pools = new ArrayList<>();
    for (Json pool : in.items("pools")) {
      pools.add(pool("game.pools[" + pools.size() + "]", pool, play, extras));
    }
    if (!play.isEmpty() || !extras.isEmpty()) {
      throw new JsonRefused("game: \"play\" or \"extras\" name a pool that is not there");
    }
    List<Tier> tiers = new ArrayList<>();
    for (Json tier : in.items("tiers")) {
      tiers.add(tier("game.tiers[" + tiers.size() + "]", tier));
    }
    Rules rules =
        new Rules(
            in.text("name"),
            in.text("title"),
            in.whole("price", 1, Json.WHOLE_LIMIT - 1),
            in.text("currency"),
            in.number("fundPermille", 0, 1000),
            pools,
            tiers,
            in.has("carry") ? in.text("carry") : "");
    in.done();
    return rules;
  }

  private record Extra(String name, int last) {}

  private static Map<String, Integer> counts(String key, FieldReader in) throws JsonRefused {
    Map<String, Integer> counts = new TreeMap<>();
    if (in.has(key)) {
      FieldReader fields = FieldReader.of(key, in.object(key));
      for (String name : fields.unread()) {
        counts.put(name, fields.number(name, 0, Pool.OF_MAX));
      }
    }
    return counts;
  }

  private static Map<String, Extra> extras(FieldReader in) throws JsonRefused {
    Map<String, Extra> byPool = new TreeMap<>();
    if (in.has("extras")) {
      FieldReader fields = FieldReader.of("extras", in.object("extras"));
      for (String name : fields.unread()) {
        FieldReader extra = FieldReader.of("extras." + name, fields.object(name));
        String pool = extra.text("pool");
        if (byPool.put(pool, new Extra(name, extra.number("last", 1, Pool.OF_MAX))) != null) {
          throw new JsonRefused("extras: pool \"" + pool + "\" stands twice");
        }
        extra.done();
      }
    }
    return byPool;
  }

  private static Pool pool(
      String where, Json json, Map<String, Integer> play, Map<String, Extra> extras)
      throws JsonRefused {
    FieldReader in = FieldReader.of(where, json);
    String name = in.text("name");
    int pick = in.number("pick", 1, Pool.OF_MAX);
    int of = in.number("of", 1, Pool.OF_MAX);
    int first = in.has("first") ? in.number("first", 0, Pool.OF_MAX) : 1;
    in.done();
    Integer played = play.remove(name);
    Extra extra = extras.remove(name);
    return new Pool(
        name,
        pick,
        of,
        first,
        played == null ? pick : played,
        extra == null ? 0 : extra.last(),
        extra == null ? "" : extra.name());
  }

  private static Tier tier(String where, Json json) throws JsonRefused {
    FieldReader in = FieldReader.of(where, json);
    Prize prize =
        in.has("sharePermille")
            ? new Prize.Share(in.number("sharePermille", 1, 1000))
            : new Prize.Fixed(in.whole("prize", 0, PRIZE_MAX));
    Tier tier = new Tier(in.text("name"), new TreeMap<>(counts("match", in)), prize);
    in.done();
    return tier;
  }
}
