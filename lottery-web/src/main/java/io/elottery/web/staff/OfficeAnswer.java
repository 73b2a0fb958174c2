package io.elottery.web.staff;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What main answers to the staff.
 *
 * @param status as of HTTP
 * @param body JSON; a text is a file to be handed on as it is
 */
public record OfficeAnswer(int status, JsonNode body) {
  static OfficeAnswer of(byte[] bytes) {
    JsonNode json = Json.trusted(bytes);
    return new OfficeAnswer(json.path("status").asInt(502), json.path("body"));
  }

  /** Whether it was done. */
  public boolean isGood() {
    return status / 100 == 2;
  }

  /** What main refused, in its words. */
  public Problem problem() {
    Problem problem =
        Problem.of(
            status,
            body.path("code").asText("REFUSED"),
            body.path("title").asText("Main refuses this"),
            body.path("detail").asText(""));
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
      return new WebAnswer(
          status, "text/csv; charset=utf-8", body.textValue().getBytes(StandardCharsets.UTF_8));
    }
    return status == 204 || body.isMissingNode() || body.isNull()
        ? WebAnswer.nothing()
        : WebAnswer.json(status, body);
  }
}
