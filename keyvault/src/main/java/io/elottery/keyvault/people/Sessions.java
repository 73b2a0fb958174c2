package io.elottery.keyvault.people;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who is signed in: of each session's token only the digest. Immutable. At most {@value
 * #OF_ONE_MAX} of one name; one more ends the oldest.
 *
 * @param open by hex SHA-256 of the token
 */
public record Sessions(SortedMap<String, Session> open) {
  /** The signed record's name. */
  public static final String RECORD = "sessions";

  /** Nobody. */
  public static final Sessions NONE = new Sessions(new TreeMap<>());

  private static final int FORMAT = 1;
  private static final int OF_ONE_MAX = 5;

  /**
   * One session.
   *
   * @param name who signed in
   */
  public record Session(String name, Instant until) {}

  /** Copies. */
  public Sessions {
    open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
  }

  /** With one session more, without those that ended. */
  public Sessions with(String digest, Session session, Instant now) {
    SortedMap<String, Session> next = without(one -> !now.isBefore(one.until)).copy();
    List<Map.Entry<String, Session>> own =
        new ArrayList<>(
            next.entrySet().stream()
                .filter(entry -> entry.getValue().name.equals(session.name))
                .sorted(Comparator.comparing(entry -> entry.getValue().until))
                .toList());
    for (int i = 0; i <= own.size() - OF_ONE_MAX; i++) {
      next.remove(own.get(i).getKey());
    }
    next.put(digest, session);
    return new Sessions(next);
  }

  /** Without the session of that token. */
  public Sessions ended(String digest) {
    SortedMap<String, Session> next = copy();
    next.remove(digest);
    return new Sessions(next);
  }

  /** Without all sessions of that name. */
  public Sessions endedOf(String name) {
    return without(session -> session.name.equals(name));
  }

  /** Whose session it is, while it lasts. */
  public Optional<String> name(String token, Instant now) {
    return Optional.ofNullable(open.get(Credentials.digest(token)))
        .filter(session -> now.isBefore(session.until))
        .map(Session::name);
  }

  /** As bytes: canonical JSON, format 1. */
  public byte[] write() {
    List<Json> items = new ArrayList<>();
    open.forEach(
        (digest, session) ->
            items.add(
                Json.fields()
                    .with("digest", digest)
                    .with("name", session.name)
                    .with("until", session.until.toString())));
    return CanonicalJson.write(Json.fields().with("format", FORMAT).with("sessions", items));
  }

  /** Reads what {@link #write} wrote. */
  public static Sessions read(byte[] bytes) throws MalformedMessage {
    try {
      FieldReader in = FieldReader.of("sessions", CanonicalJson.parse(bytes));
      in.number("format", FORMAT, FORMAT);
      SortedMap<String, Session> open = new TreeMap<>();
      for (Json item : in.items("sessions")) {
        FieldReader one = FieldReader.of("session", item);
        open.put(
            one.text("digest"), new Session(one.text("name"), Instant.parse(one.text("until"))));
        one.done();
      }
      in.done();
      return new Sessions(open);
    } catch (JsonRefused | DateTimeException malformed) {
      throw new MalformedMessage(String.valueOf(malformed.getMessage()));
    }
  }

  private Sessions without(Predicate<Session> gone) {
    SortedMap<String, Session> rest = copy();
    rest.values().removeIf(gone);
    return new Sessions(rest);
  }

  private SortedMap<String, Session> copy() {
    return new TreeMap<>(open);
  }
}
