package io.elottery.reports.trouble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.reports.priority.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong now.
 *
 * @param code one of {@link Codes}, stable for programs
 * @param subject what it is about: {@code worker-7}, {@code worker-1,worker-2}, {@code LEFT},
 *     {@code shard-3}, {@code powerball/TORM211126}, {@code vault}, {@code zookeeper}, {@code
 *     main-2}, {@code network}
 * @param severity how urgent it is
 * @param since when it began, as far as this main knows
 * @param what one sentence: what is wrong
 * @param impact what it means for draws and players
 * @param cause the key of the trouble it follows from
 * @param evidence who saw what, with times
 * @param done what main did about it; empty when nothing
 * @param next what a person should do
 */
public record Trouble(
    String code,
    String subject,
    Priority severity,
    Instant since,
    String what,
    String impact,
    Optional<String> cause,
    List<String> evidence,
    String done,
    String next) {
  /** Copies. */
  public Trouble {
    evidence = List.copyOf(evidence);
  }

  /** Names it as long as it lasts: {@code SERVER_DOWN:worker-7}. */
  public String key() {
    return code + ":" + subject;
  }

  /** As JSON, always the same fields in the same order. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", key())
            .put("code", code)
            .put("subject", subject)
            .put("severity", severity.name())
            .put("since", since.toString())
            .put("what", what)
            .put("impact", impact)
            .put("cause", cause.orElse(null));
    ArrayNode list = json.putArray("evidence");
    evidence.forEach(list::add);
    return json.put("done", done).put("next", next);
  }

  /** The same, following from another one. */
  Trouble following(String key) {
    return new Trouble(
        code, subject, severity, since, what, impact, Optional.of(key), evidence, done, next);
  }

  /** The same with what was done. */
  Trouble doing(String deed) {
    return new Trouble(code, subject, severity, since, what, impact, cause, evidence, deed, next);
  }
}
