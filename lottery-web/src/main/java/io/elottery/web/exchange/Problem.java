package io.elottery.web.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a request was not fulfilled (RFC 9457): what is wrong, where, what was expected and what to
 * do. Never repeats a secret.
 *
 * @param status the HTTP status
 * @param code upper case, for programs
 * @param detail one or two sentences for a person
 * @param field the part of the request it is about, {@code lines[0].main}
 * @param retryAfter when to try again
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    Optional<String> field,
    Optional<Duration> retryAfter) {

  /** About the request as a whole. */
  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, Optional.empty(), Optional.empty());
  }

  /** About one field: 422. */
  public static Problem invalid(String field, String detail) {
    return of(422, "INVALID", "A value cannot be used", detail).at(field);
  }

  /** The body cannot be read: 400. */
  public static Problem malformed(String detail) {
    return of(400, "MALFORMED", "The request cannot be read", detail);
  }

  /** There is no such thing: 404. */
  public static Problem notFound(String detail) {
    return of(404, "NOT_FOUND", "There is nothing here", detail);
  }

  /** Nobody is signed in: 401. */
  public static Problem signInFirst() {
    return of(
        401,
        "NOT_SIGNED_IN",
        "Sign in first",
        "This needs the header \"Authorization: Bearer <token>\" with a token that is still valid;"
            + " get one with POST /api/v1/sessions.");
  }

  /** The network behind does not answer: 503; nothing was done. */
  public static Problem unavailable(String detail) {
    return of(503, "UNAVAILABLE", "The lottery cannot be reached just now", detail)
        .after(Duration.ofSeconds(2));
  }

  /** Too much at once: 429 with a time to come again. */
  public static Problem tooMuch(String detail, Duration retryAfter) {
    return of(429, "TOO_MANY_REQUESTS", "Too many requests", detail).after(retryAfter);
  }

  /** The same about a field. */
  public Problem at(String field) {
    return new Problem(status, code, title, detail, Optional.of(field), retryAfter);
  }

  /** The same with a time to try again. */
  public Problem after(Duration retryAfter) {
    return new Problem(status, code, title, detail, field, Optional.of(retryAfter));
  }

  /** As an exception of the reader that found it. */
  public Unacceptable unacceptable() {
    return new Unacceptable(this);
  }

  /** As {@code application/problem+json}. */
  public WebAnswer answer() {
    ObjectNode json = Json.object();
    json.put("type", "about:blank");
    json.put("title", title);
    json.put("status", status);
    json.put("code", code);
    json.put("detail", detail);
    field.ifPresent(where -> json.put("field", where));
    WebAnswer answer = new WebAnswer(status, "application/problem+json", Json.bytes(json));
    if (status == 401) {
      answer = answer.with("WWW-Authenticate", "Bearer");
    }
    return retryAfter.isEmpty()
        ? answer
        : answer.with("Retry-After", Long.toString(Math.max(1, retryAfter.get().toSeconds())));
  }
}
