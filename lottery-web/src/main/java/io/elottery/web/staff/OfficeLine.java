package io.elottery.web.staff;

import io.elottery.foundation.transport.CallFailed;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls to main's desk for the staff, answered on the executor of the request they serve. */
public final class OfficeLine {
  private final Office office;

  /** To this office. */
  public OfficeLine(Office office) {
    this.office = office;
  }

  /**
   * Asks main. The future completes on the request's executor, exceptionally with a problem in
   * words when no main answers; whatever main answers is an answer.
   */
  public CompletableFuture<OfficeAnswer> ask(WebRequest request, OfficeCall call) {
    return office
        .ask(call.toBytes(), call.isRepeatable(), OfficeLine::settles)
        .handleAsync(
            (bytes, away) -> {
              if (away != null) {
                throw new CompletionException(problem(away, call.isRepeatable()).unacceptable());
              }
              return OfficeAnswer.of(bytes, call.isRepeatable());
            },
            request.executor());
  }

  private static boolean settles(byte[] answer) {
    return !OfficeAnswer.of(answer, false).isLeaderless();
  }

  private static Problem problem(Throwable thrown, boolean repeatable) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    boolean unknown =
        !repeatable
            && cause instanceof CallFailed failed
            && (failed.why() == CallFailed.Why.TIMED_OUT
                || failed.why() == CallFailed.Why.CONNECTION_LOST);
    return unknown
        ? Problem.of(
                504,
                "OUTCOME_UNKNOWN",
                "The outcome is not known yet",
                "Main did not answer in time. It may or may not have been done: look before you ask"
                    + " again.")
            .after(Duration.ofSeconds(2))
        : Problem.of(
                503,
                "UNAVAILABLE",
                "No main answers this gateway",
                "Nothing was done; try another gateway, or again in a moment.")
            .after(Duration.ofSeconds(2));
  }
}
