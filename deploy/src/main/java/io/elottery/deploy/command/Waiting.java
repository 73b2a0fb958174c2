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
          return proposal;
        }
        throw new CommandFailed(
            state.equals("FAILED") ? ExitCode.FAILED : ExitCode.REFUSED,
            id + " is " + state + ": " + proposal.path("why").asText());
      }
      say(state.equals("PENDING") ? id + " waits for a second person" : progress(proposal));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailed(
        ExitCode.TIMED_OUT, id + " is not done after " + MOST.toMinutes() + " min; it goes on");
  }

  private String progress(JsonNode proposal) throws CommandFailed {
    if (!proposal.path("kind").asText().startsWith("KEYS_ROTATE")) {
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
