package io.elottery.web.desk;

import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.LotteryAnswer.SessionFound;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Finds out who is signed in. */
public final class Sessions {
  private final Desk desk;
  private final Time time;

  /** Asks this desk. */
  public Sessions(Desk desk, Time time) {
    this.desk = desk;
    this.time = time;
  }

  /** The token of the Authorization header, unchecked. */
  public static SessionToken bearer(WebRequest request) throws Unacceptable {
    return request
        .bearer()
        .flatMap(SessionToken::parse)
        .orElseThrow(() -> Problem.signInFirst().unacceptable());
  }

  /** Who shows the bearer token; exceptionally 401 when it is not, or no longer, valid. */
  public CompletableFuture<SessionFound> require(WebRequest request) throws Unacceptable {
    return require(request, bearer(request));
  }

  /** Who owns the token; exceptionally 401 when it is not, or no longer, valid. */
  public CompletableFuture<SessionFound> require(WebRequest request, SessionToken token) {
    return desk.ask(request, query(token), SessionFound.class)
        .thenApply(
            found -> {
              if (!found.expiresAt().isAfter(time.now())) {
                throw new CompletionException(Problem.signInFirst().unacceptable());
              }
              return found;
            });
  }

  /** Who owns the token; empty when nobody does (any more) or the ledger is away. */
  public CompletableFuture<Optional<SessionFound>> visitor(
      WebRequest request, Optional<SessionToken> token) {
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return require(request, token.get())
        .handle((found, problem) -> problem == null ? Optional.of(found) : Optional.empty());
  }

  private static LotteryQuery query(SessionToken token) {
    return new LotteryQuery.SessionOf(token.player(), token.digest());
  }
}
