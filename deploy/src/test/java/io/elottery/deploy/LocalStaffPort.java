package io.elottery.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A staff port that answers what its test says, and remembers what it was asked. */
final class LocalStaffPort implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> bearers = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body, boolean passing) {}

  LocalStaffPort() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a call so; of several answers each once, the last one for ever. */
  LocalStaffPort answers(String call, int status, String body) {
    answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Answer(status, body, false));
    return this;
  }

  /** Answers a call once by 503 and to come back at once. */
  LocalStaffPort answersLater(String call, String body) {
    answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Answer(503, body, true));
    return this;
  }

  /** Answers a call so from now on, whatever was said before. */
  void answersNow(String call, int status, String body) {
    answers.put(call, new ArrayDeque<>(List.of(new Answer(status, body, false))));
  }

  /** Method, path and body of each call. */
  List<String> asked() {
    return asked;
  }

  /** The token of each call. */
  List<String> bearers() {
    return bearers;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add((call + " " + body).strip());
    bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Deque<Answer> ready = answers.getOrDefault(call, new ArrayDeque<>());
    Answer answer = ready.size() > 1 ? ready.poll() : ready.peek();
    if (answer == null) {
      answer = new Answer(404, "{\"title\":\"no such call\",\"detail\":\"" + call + "\"}", false);
    }
    byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
    if (answer.passing) {
      exchange.getResponseHeaders().add("Retry-After", "0");
    }
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
