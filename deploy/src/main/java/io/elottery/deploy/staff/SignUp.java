package io.elottery.deploy.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.cluster.ClusterDescription.SignIn;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Pause;
import java.time.Duration;
import java.util.function.Function;

/** Gets a player and an operator their sign-ins in a network that may still be starting. */
public final class SignUp {
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final Http site;
  private final Http staff;
  private final Duration patience;

  /**
   * @param site the public API, without a sign-in
   * @param staff the staff port, as operations
   * @param patience how long it may answer that it is not ready yet
   */
  public SignUp(Http site, Http staff, Duration patience) {
    this.site = site;
    this.staff = staff;
    this.patience = patience;
  }

  /** A new player of the branch. */
  public SignIn player(String branch, String name, String password) throws CommandFailed {
    JsonNode made = made(site, "/api/v1/players", branch, name, password);
    return signIn(made.path("id").asText(), password);
  }

  /** A new operator of the branch. */
  public SignIn operator(String branch, String name, String password) throws CommandFailed {
    JsonNode made = made(staff, "/api/v1/operators", branch, name, password);
    return signIn(made.path("id").asText(), password);
  }

  /** Signs somebody in again. */
  public SignIn signIn(String id, String password) throws CommandFailed {
    String body =
        JsonNodeFactory.instance.objectNode().put("id", id).put("password", password).toString();
    return new SignIn(
        id, password, patiently(site, "/api/v1/sessions", body).path("token").asText());
  }

  private JsonNode made(Http http, String path, String branch, String name, String password)
      throws CommandFailed {
    Function<String, String> body =
        called ->
            JsonNodeFactory.instance
                .objectNode()
                .put("name", called)
                .put("password", password)
                .put("branch", branch)
                .toString();
    // Where an answer was lost the name may be taken already, by the request that it answered.
    return patiently(http, path, body.apply(name), body.apply(name + "2"));
  }

  private JsonNode patiently(Http http, String path, String body) throws CommandFailed {
    return patiently(http, path, body, body);
  }

  private JsonNode patiently(Http http, String path, String body, String afterLoss)
      throws CommandFailed {
    long began = System.nanoTime();
    boolean lost = false;
    String now = body;
    while (true) {
      try {
        return http.post(path, now).json();
      } catch (CommandFailed failed) {
        boolean mayPass =
            failed.code() == ExitCode.UNREACHABLE || failed.code() == ExitCode.TIMED_OUT;
        boolean taken = lost && failed.code() == ExitCode.REFUSED && !now.equals(afterLoss);
        if (!(mayPass || taken) || System.nanoTime() - began > patience.toNanos()) {
          throw failed;
        }
        now = taken ? afterLoss : now;
        lost |= mayPass;
        Pause.of(AGAIN);
      }
    }
  }
}
