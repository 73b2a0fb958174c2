package io.elottery.lottery.chronicle;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to a draw, as anyone may know it: no player is named.
 *
 * @param number counts up by one in its branch; where to go on from
 * @param position of the command in its shard
 * @param at as its writer stamped it, milliseconds count
 * @param facts by {@link Kind}, all as text
 */
public record Happening(
    long number,
    long position,
    Instant at,
    DrawRef draw,
    Kind kind,
    SortedMap<String, String> facts) {
  private static final int FACTS_MAX = 32;

  /** What it was; the words in brackets are its facts. */
  public enum Kind {
    /** On its way to be sold (capacity, closesAt). */
    OPENED,
    /** Other limits (capacity, closesAt). */
    CHANGED,
    /** A party committed to its share (party). */
    COMMITTED,
    /** No ticket any more (tickets, stakes in minor units, currency, root). */
    CLOSED,
    /** A party signed the list of tickets (party). */
    SIGNED,
    /** A party showed its share (party). */
    REVEALED,
    /** It waits for a party for long. */
    STALLED,
    /** The numbers are there (numbers.POOL, winners, prizes in minor units, currency). */
    DRAWN,
    /** An auditor agrees (party). */
    CERTIFIED,
    /** An auditor does not (reason). */
    DISPUTED,
    /** Stakes went back (reason). */
    VOID
  }

  /** Copies. */
  public Happening {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** A fact; empty when there is none of that name. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** For whoever reads it. */
  public Json.Fields toJson() {
    Json.Fields said = Json.fields();
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      said = said.with(fact.getKey(), fact.getValue());
    }
    return Json.fields()
        .with("number", number)
        .with("position", position)
        .with("at", at.toString())
        .with("branch", draw.branch().code())
        .with("game", draw.game().text())
        .with("id", draw.id().toString())
        .with("kind", kind.name())
        .with("facts", said);
  }

  /** Writes all of it. */
  void write(WireWriter out) {
    out.varint(number).varint(position);
    Fields.instant(out, at);
    Fields.draw(out, draw);
    out.u8(kind.ordinal()).varint(facts.size());
    facts.forEach((name, fact) -> out.text(name).text(fact));
  }

  /** Reads what {@link #write} wrote. */
  static Happening read(WireReader in) throws MalformedMessage {
    long number = in.varint();
    long position = in.varint();
    Instant at = Fields.instant(in);
    DrawRef draw = Fields.draw(in);
    Kind kind = Fields.choice(in, Kind.values());
    SortedMap<String, String> facts = new TreeMap<>();
    for (int left = in.count(FACTS_MAX); left > 0; left--) {
      facts.put(in.text(), in.text());
    }
    return new Happening(number, position, at, draw, kind, facts);
  }
}
