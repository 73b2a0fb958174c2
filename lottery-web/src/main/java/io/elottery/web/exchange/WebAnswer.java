package io.elottery.web.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What goes back to the caller.
 *
 * @param contentType empty when there is no body
 * @param body not copied
 * @param feed what goes on after the headers, instead of a body
 */
public record WebAnswer(
    int status, String contentType, byte[] body, List<Header> headers, Optional<Feed> feed) {
  /** One header. */
  public record Header(String name, String value) {}

  /** Copies the headers. */
  public WebAnswer {
    headers = List.copyOf(headers);
  }

  /** Without headers of its own. */
  public WebAnswer(int status, String contentType, byte[] body) {
    this(status, contentType, body, List.of(), Optional.empty());
  }

  /** Server-sent events, as they happen. */
  public static WebAnswer events(Feed feed) {
    // Compressed, an event would wait for the next ones.
    return new WebAnswer(
            200, "text/event-stream; charset=utf-8", new byte[0], List.of(), Optional.of(feed))
        .with("Content-Encoding", "identity")
        .with("Cache-Control", "no-store");
  }

  /** JSON. */
  public static WebAnswer json(int status, JsonNode json) {
    return new WebAnswer(status, "application/json", Json.bytes(json));
  }

  /** Comma-separated values (RFC 4180). */
  public static WebAnswer csv(int status, String rows) {
    return new WebAnswer(status, "text/csv; charset=utf-8", rows.getBytes(StandardCharsets.UTF_8));
  }

  /** A page. */
  public static WebAnswer html(int status, String html) {
    return new WebAnswer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing more to say: 204. */
  public static WebAnswer nothing() {
    return new WebAnswer(204, "", new byte[0]);
  }

  /** Sends a browser to another page, by GET: 303. */
  public static WebAnswer seeOther(String location) {
    return new WebAnswer(303, "", new byte[0]).with("Location", location);
  }

  /** The same, to be saved under this name; without quotes in it. */
  public WebAnswer asFile(String name) {
    return with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** The same with one more header. */
  public WebAnswer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new WebAnswer(status, contentType, body, more, feed);
  }

  /** The same with these headers and no others. */
  WebAnswer withHeaders(List<Header> all) {
    return new WebAnswer(status, contentType, body, all, feed);
  }

  /** As a future that has it already. */
  public CompletableFuture<WebAnswer> now() {
    return CompletableFuture.completedFuture(this);
  }
}
