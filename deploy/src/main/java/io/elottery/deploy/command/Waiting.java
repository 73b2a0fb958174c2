package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again at something that main does, and says how far it is. */
final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofMinutes(30);
  private static final Set<String> OVER = Set.of("DONE", "FAILED", "REJECTED", "EXPIRED");

  private final Invocation invocation;
  private String said = "";

  Waiting(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * The proposal once it is carried out.
   *
   * @throws CommandFailed when it is refused or fails, or takes too long
   */
  JsonNode untilCarriedOut(String id) throws CommandFailed {
    long began = System.nanoTime();
    while (System.nanoTime() - began < MOST.toNanos()) {
      JsonNode proposal = invocation.staff().get("/api/v1/approvals/" + Words.encoded(id)).json();
      String state = proposal.path("state").asText();
      if (OVER.contains(state)) {
        if (state.equals("DONE")) {
          return isRotation(proposal) ? untilRotated(proposal, began) : proposal;
        }
        throw new CommandFailed(
            state.equals("FAILED") ? ExitCode.FAILED : ExitCode.REFUSED,
            id + " is " + state + ": " + proposal.path("why").asText());
      }
      say(state.equals("PENDING") ? id + " waits for a second person" : progress(proposal));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw late(id);
  }

  // Carrying a rotation out begins it; it goes on wave by wave.
  private JsonNode untilRotated(JsonNode proposal, long began) throws CommandFailed {
    String id = proposal.path("id").asText();
    while (System.nanoTime() - began < MOST.toNanos()) {
      JsonNode rotation = invocation.staff().get("/api/v1/keys/rotation").json();
      boolean other = !rotation.path("id").asText().equals(id);
      switch (other ? "OTHER" : rotation.path("state").asText()) {
        case "DONE", "OTHER" -> {
          return proposal;
        }
        case "STOPPED" ->
            throw new CommandFailed(
                ExitCode.FAILED, id + " stopped: " + rotation.path("why").asText());
        default -> say(KeyTexts.progress(rotation));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw late(id);
  }

  private static boolean isRotation(JsonNode proposal) {
    return proposal.path("kind").asText().equals("KEYS_ROTATE");
  }

  private static CommandFailed late(String id) {
    return new CommandFailed(
        ExitCode.TIMED_OUT, id + " is not done after " + MOST.toMinutes() + " min; it goes on");
  }

  private String progress(JsonNode proposal) throws CommandFailed {
    if (!isRotation(proposal)) {
      return proposal.path("id").asText() + " is being carried out";
    }
    JsonNode rotation = invocation.staff().get("/api/v1/keys/rotation").json();
    return KeyTexts.progress(rotation);
  }

  // The same thing is said once.
  private void say(String words) {
    if (!words.equals(said)) {
      invocation.err().println(words);
      said = words;
    }
  }
}
