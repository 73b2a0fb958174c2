package io.elottery.web.staff;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What main answers to the staff.
 *
 * @param status as of HTTP
 * @param body JSON; a text is a file to be handed on as it is
 * @param repeatable whether asking the same twice does no more than asking once
 */
public record OfficeAnswer(int status, JsonNode body, boolean repeatable) {
  private static final String NO_LEADER = "NO_LEADER";
  // By these main says that it did nothing: its half changes hands, or was only just taken over.
  private static final Set<String> NOTHING_DONE = Set.of(NO_LEADER, "NOT_READY");
  // By these a call that was to do something may have done it; a question is asked again.
  private static final Set<String> UNCLEAR = Set.of("NO_ANSWER", "UNAVAILABLE");
  private static final Duration AGAIN = Duration.ofSeconds(1);

  static OfficeAnswer of(byte[] bytes, boolean repeatable) {
    JsonNode json = Json.trusted(bytes);
    return new OfficeAnswer(json.path("status").asInt(502), json.path("body"), repeatable);
  }

  /** Whether it was done. */
  public boolean isGood() {
    return status / 100 == 2;
  }

  /** Whether this main knew no leader to ask, so that nothing was done; another main may. */
  boolean isLeaderless() {
    return status == 503 && code().equals(NO_LEADER);
  }

  private String code() {
    return body.path("code").asText("REFUSED");
  }

  /** What main refused, in its words; with a time to ask again where that can do no harm. */
  public Problem problem() {
    Problem problem =
        Problem.of(
            status,
            code(),
            body.path("title").asText("Main refuses this"),
            body.path("detail").asText(""));
    boolean harmless = NOTHING_DONE.contains(code()) || repeatable && UNCLEAR.contains(code());
    if (status == 503 && harmless) {
      problem = problem.after(AGAIN);
    }
    String field = body.path("field").asText("");
    return field.isEmpty()
        ? problem
        : new Problem(
            problem.status(),
            problem.code(),
            problem.title(),
            problem.detail(),
            Optional.of(field),
            problem.retryAfter());
  }

  /** As an answer of this port. */
  public WebAnswer toWeb() {
    if (!isGood()) {
      return problem().answer();
    }
    if (body.isTextual()) {
      return WebAnswer.csv(status, body.textValue());
    }
    return status == 204 || body.isMissingNode() || body.isNull()
        ? WebAnswer.nothing()
        : WebAnswer.json(status, body);
  }
}
