package io.elottery.web.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.staff.Office;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Main's desk for the staff, as far as a gateway sees it: knows a few people and answers what its
 * file {@code office.json} says, method and path by method and path. Any thread.
 */
public final class LocalOffice implements Office {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> members = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  /** Knowing nobody. */
  public LocalOffice() {
    try (InputStream file = LocalOffice.class.getResourceAsStream("office.json")) {
      JSON.readTree(file)
          .properties()
          .forEach(answer -> answers.put(answer.getKey(), answer.getValue()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Somebody with a token. */
  public LocalOffice knows(String token, String name, String... roles) {
    ObjectNode member = JSON.createObjectNode().put("name", name).put("person", name);
    for (String role : roles) {
      member.withArray("roles").add(role);
    }
    members.put(token, member);
    return this;
  }

  /** Nobody has this token any more. */
  public void forget(String token) {
    members.remove(token);
  }

  /** From now on no main answers, or one does again. */
  public void away(boolean now) {
    away = now;
  }

  /** From now on answers a call so: {@code "GET /keys"}. */
  public void answers(String call, int status, String body) {
    try {
      ObjectNode answer = JSON.createObjectNode().put("status", status);
      answer.set("body", JSON.readTree(body));
      answers.put(call, answer);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The body it answers a call by. */
  public JsonNode answer(String call) {
    return answers.getOrDefault(call, JSON.createObjectNode()).path("body");
  }

  /** What was asked, in order: method, path, query and body. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] call, boolean repeatable, Predicate<byte[]> settles) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    try {
      return CompletableFuture.completedFuture(JSON.writeValueAsBytes(answer(JSON.readTree(call))));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private JsonNode answer(JsonNode call) {
    String what = call.path("method").asText() + " " + call.path("path").asText();
    asked.add(what + " " + call.path("query") + " " + call.path("body"));
    JsonNode member = members.get(call.path("token").asText());
    if (what.equals("POST /staff/sessions")) {
      return signIn(call.path("body"));
    }
    if (member == null) {
      return problem(401, "NOT_SIGNED_IN", "The token is nobody's.");
    }
    if (what.equals("GET /staff/me")) {
      return JSON.createObjectNode().put("status", 200).set("body", member);
    }
    JsonNode answer = answers.get(what);
    return answer == null ? problem(404, "NOT_FOUND", "There is no such call.") : answer;
  }

  private JsonNode signIn(JsonNode body) {
    if (!body.path("password").asText().equals("correct horse battery")) {
      return problem(401, "NOT_SIGNED_IN", "The name or the password is wrong.");
    }
    String token = "session-of-" + body.path("name").asText("invited");
    knows(token, body.path("name").asText("invited"), "officer");
    ObjectNode made = JSON.createObjectNode().put("token", token);
    return JSON.createObjectNode().put("status", 201).set("body", made);
  }

  private static JsonNode problem(int status, String code, String detail) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("status", status)
            .put("code", code)
            .put("title", "Refused")
            .put("detail", detail);
    return JSON.createObjectNode().put("status", status).set("body", body);
  }
}
