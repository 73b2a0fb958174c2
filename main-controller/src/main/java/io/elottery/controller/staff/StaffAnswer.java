package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a call of the staff is answered.
 *
 * @param status as of HTTP
 * @param body JSON; of a problem: status, code, title, detail, field (RFC 9457)
 */
public record StaffAnswer(int status, JsonNode body) {
  /** Here it is: 200. */
  public static StaffAnswer ok(JsonNode body) {
    return new StaffAnswer(200, body);
  }

  /** It was made: 201. */
  public static StaffAnswer created(JsonNode body) {
    return new StaffAnswer(201, body);
  }

  /** It was taken and is not done yet: 202. */
  public static StaffAnswer accepted(JsonNode body) {
    return new StaffAnswer(202, body);
  }

  /** Done, nothing to say: 204. */
  public static StaffAnswer nothing() {
    return new StaffAnswer(204, JsonNodeFactory.instance.objectNode());
  }

  /**
   * It was not done.
   *
   * @param code upper case, for programs
   * @param title a few words, the same for the same code
   * @param detail one or two sentences for a person; no secret
   * @param field the part of the request it is about; empty for the whole
   */
  public static StaffAnswer problem(
      int status, String code, String title, String detail, String field) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", status)
            .put("code", code)
            .put("title", title)
            .put("detail", detail);
    if (!field.isEmpty()) {
      body.put("field", field);
    }
    return new StaffAnswer(status, body);
  }

  /** There is no such thing: 404. */
  public static StaffAnswer notFound(String detail) {
    return problem(404, "NOT_FOUND", "There is nothing here", detail, "");
  }

  /** Main cannot do it just now: 503. */
  public static StaffAnswer unavailable(String code, String detail) {
    return problem(503, code, "Main cannot do this just now", detail, "");
  }
}
