package io.elottery.reports.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Picture;
import io.elottery.reports.trouble.Trouble;
import io.elottery.reports.trouble.Troubles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One server, link, half, shard or draw, explained to a person: what is wrong, since when, what it
 * means, why, who says so, what was done, what to do.
 *
 * @param subject as asked: {@code worker-7}
 * @param code the trouble's, or how it is when nothing is wrong: {@code UP}, {@code LINK_OPEN}
 * @param severity of what is wrong; empty when nothing is
 * @param what one or two sentences
 * @param since when it became so
 * @param impact on draws and players
 * @param cause what it follows from, the nearest first
 * @param evidence who saw what, with times
 * @param done what main did; empty when nothing
 * @param next what a person should do
 * @param events the last that are about it, oldest first
 * @param draw of a draw: whether it sells and can be drawn, and on whom that rests
 */
public record Explanation(
    String subject,
    String code,
    Optional<Priority> severity,
    String what,
    Instant since,
    String impact,
    List<String> cause,
    List<String> evidence,
    String done,
    String next,
    List<Event> events,
    Optional<DrawStanding> draw) {
  /** Events told at most. */
  public static final int EVENTS_MAX = 10;

  /** Copies. */
  public Explanation {
    cause = List.copyOf(cause);
    evidence = List.copyOf(evidence);
    events = List.copyOf(events);
  }

  /**
   * Explains a server (worker or main), a link {@code worker-1,worker-2}, a half {@code LEFT}, a
   * shard {@code shard-3}, {@code vault}, {@code zookeeper} or {@code network}; empty when there is
   * no such thing in the picture.
   *
   * @param recent events, oldest first
   */
  public static Optional<Explanation> of(String subject, Picture picture, List<Event> recent) {
    List<Trouble> troubles = Troubles.of(picture);
    return troubles.stream()
        .filter(trouble -> trouble.subject().equals(subject))
        .findFirst()
        .map(trouble -> new Told(picture, troubles, recent).wrong(trouble))
        .or(() -> new Sound(picture, troubles, recent).of(subject));
  }

  /** Explains a draw. */
  public static Explanation of(DrawFacts draw, Picture picture, List<Event> recent) {
    return new DrawTold(draw, picture, Troubles.of(picture), recent).explanation();
  }

  /** As JSON, always the same fields in the same order. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject)
            .put("code", code)
            .put("severity", severity.map(Priority::name).orElse(null))
            .put("what", what)
            .put("since", since.toString())
            .put("impact", impact);
    texts(json.putArray("cause"), cause);
    texts(json.putArray("evidence"), evidence);
    json.put("done", done).put("next", next);
    ArrayNode list = json.putArray("events");
    events.forEach(event -> list.add(event.json()));
    draw.ifPresent(standing -> json.set("draw", standing.json()));
    return json;
  }

  private static void texts(ArrayNode into, List<String> lines) {
    lines.forEach(into::add);
  }
}
