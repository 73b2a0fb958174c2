package io.elottery.deploy.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of a network's HTTP ports, asked as one person. Waits for each answer; made for commands, not
 * for servers. What is answered by 503 and a time to come again is asked again for a while: leaders
 * and writers change within seconds.
 */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  // A gateway says every few seconds that it is there.
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  private final String base;
  private final String token;
  private final Consumer<String> telling;

  /** Asking again without a word. */
  public Http(String base, String token) {
    this(base, token, line -> {});
  }

  /**
   * With somebody to tell why it takes longer.
   *
   * @param base {@code http://host:port}
   * @param token a bearer token; empty for none
   * @param telling takes one line for a person
   */
  public Http(String base, String token, Consumer<String> telling) {
    this.base = base;
    this.token = token;
    this.telling = telling;
  }

  /**
   * An answer.
   *
   * @param json its body, missing when that is not JSON
   * @param text its body
   * @param again when to ask again, where the answer says it
   */
  public record Answer(int status, JsonNode json, String text, Optional<Duration> again) {
    /** Whether the status is one of 200 … 299. */
    public boolean isGood() {
      return status / 100 == 2;
    }
  }

  /** GET that must succeed. */
  public Answer get(String path) throws CommandFailed {
    return good("GET", path, persist("GET", path, null, "application/json"));
  }

  /** POST of JSON that must succeed. */
  public Answer post(String path, String json) throws CommandFailed {
    return send("POST", path, json);
  }

  /** Any method with a JSON body that must succeed. */
  public Answer send(String method, String path, String json) throws CommandFailed {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return good(method, path, persist(method, path, body, "application/json"));
  }

  /** Any method with any body that must succeed. */
  public Answer send(String method, String path, byte[] body, String type) throws CommandFailed {
    return good(method, path, persist(method, path, body, type));
  }

  private Answer persist(String method, String path, byte @Nullable [] body, String type)
      throws CommandFailed {
    long began = System.nanoTime();
    boolean told = false;
    while (true) {
      Answer answer = ask(method, path, body, type);
      if (!mayPass(method, answer) || System.nanoTime() - began > PATIENCE.toNanos()) {
        return answer;
      }
      if (!told) {
        telling.accept(
            problem(answer) + "; asking again for up to " + PATIENCE.toSeconds() + " s …");
        told = true;
      }
      long pause = answer.again.orElse(PAUSE_MAX).toNanos();
      LockSupport.parkNanos(Math.max(PAUSE_MIN.toNanos(), Math.min(pause, PAUSE_MAX.toNanos())));
    }
  }

  // What may have been done already is not asked for twice.
  private static boolean mayPass(String method, Answer answer) {
    return answer.status == 503
        && answer.again.isPresent()
        && (method.equals("GET") || !answer.json.path("code").asText().equals("OUTCOME_UNKNOWN"));
  }

  /**
   * Asks; every status is an answer.
   *
   * @throws CommandFailed when nobody answers, or not in time
   */
  public Answer ask(String method, String path, byte @Nullable [] body, String type)
      throws CommandFailed {
    try {
      HttpURLConnection call = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      call.setConnectTimeout((int) CONNECT.toMillis());
      call.setReadTimeout((int) ANSWER.toMillis());
      call.setRequestMethod(method);
      call.setRequestProperty("Accept", "application/json");
      if (!token.isEmpty()) {
        call.setRequestProperty("Authorization", "Bearer " + token);
      }
      if (body != null) {
        call.setDoOutput(true);
        call.setFixedLengthStreamingMode(body.length);
        call.setRequestProperty("Content-Type", type);
        call.getOutputStream().write(body);
      }
      int status = call.getResponseCode();
      try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
        String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(status, json(text), text, again(call));
      }
    } catch (SocketTimeoutException late) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT, base + " did not answer in " + ANSWER.toSeconds() + " s", late);
    } catch (IOException away) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE,
          base
              + " is not reachable ("
              + away.getMessage()
              + "): does the cluster run? See `elottery ps`",
          away);
    }
  }

  /**
   * Takes server-sent events until the stream ends or breaks.
   *
   * @param each the id of every event, empty when it has none, and its data as JSON; false ends it
   * @throws CommandFailed when nobody answers, or what is asked is refused
   */
  public void follow(String path, BiPredicate<String, JsonNode> each) throws CommandFailed {
    try {
      HttpURLConnection call = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      call.setConnectTimeout((int) CONNECT.toMillis());
      call.setReadTimeout((int) SILENCE.toMillis());
      call.setRequestProperty("Accept", "text/event-stream");
      if (!token.isEmpty()) {
        call.setRequestProperty("Authorization", "Bearer " + token);
      }
      int status = call.getResponseCode();
      if (status / 100 != 2) {
        try (InputStream in = call.getErrorStream()) {
          String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
          good("GET", path, new Answer(status, json(text), text, again(call)));
          return;
        }
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8))) {
        events(lines, path, each);
      }
    } catch (SocketTimeoutException silent) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT,
          base + " gave no sign of life in " + SILENCE.toSeconds() + " s",
          silent);
    } catch (IOException away) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE, base + " is not reachable (" + away.getMessage() + ")", away);
    }
  }

  private static void events(BufferedReader lines, String path, BiPredicate<String, JsonNode> each)
      throws IOException, CommandFailed {
    StringBuilder data = new StringBuilder();
    boolean refused = false;
    String id = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        data.append(line, "data: ".length(), line.length());
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        refused = line.equals("event: refused");
      } else if (line.isEmpty() && data.length() > 0) {
        JsonNode event = json(data.toString());
        data.setLength(0);
        if (refused) {
          throw new CommandFailed(
              ExitCode.REFUSED, "GET " + path + ": " + event.path("detail").asText());
        }
        if (!each.test(id, event)) {
          return;
        }
        id = "";
      }
    }
  }

  /** The answer, when it says that it was done. */
  public Answer good(String method, String path, Answer answer) throws CommandFailed {
    if (answer.isGood()) {
      return answer;
    }
    throw new CommandFailed(
        code(answer.status()), method + " " + path + ": " + problem(answer) + hint(answer));
  }

  // An RFC 9457 problem says it in words; anything else as it is, cut short.
  private static String problem(Answer answer) {
    String detail = answer.json().path("detail").asText("");
    String title = answer.json().path("title").asText("");
    if (!detail.isEmpty() || !title.isEmpty()) {
      String words = detail.isEmpty() ? title : title.isEmpty() ? detail : title + ": " + detail;
      return words + " (" + answer.status() + ")";
    }
    String text = answer.text().strip();
    return "answered "
        + answer.status()
        + (text.isEmpty() ? "" : ": " + text.substring(0, Math.min(200, text.length())));
  }

  private static String hint(Answer answer) {
    return switch (answer.status()) {
      case 401, 403 -> "; say who asks by --as NAME, or sign in by `elottery login`";
      default -> "";
    };
  }

  private static ExitCode code(int status) {
    return switch (status) {
      case 401, 403, 404, 409, 410, 413, 415, 422, 429 -> ExitCode.REFUSED;
      case 400 -> ExitCode.USAGE;
      case 502, 503 -> ExitCode.UNREACHABLE;
      case 504 -> ExitCode.TIMED_OUT;
      default -> ExitCode.FAILED;
    };
  }

  // As seconds; a date is not for commands.
  private static Optional<Duration> again(HttpURLConnection call) {
    long seconds = call.getHeaderFieldLong("Retry-After", -1);
    return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
