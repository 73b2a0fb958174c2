package io.elottery.web.desk;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.web.exchange.Problem;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Says to the caller what the ledger said to us. */
public final class Problems {
  private Problems() {}

  /** A refusal of the lottery's. */
  public static Problem of(Refusal why) {
    if (status(why.code()) == 401) {
      return Problem.signInFirst();
    }
    Problem problem =
        Problem.of(status(why.code()), why.code().name(), title(why.code()), why.detail());
    return why.field().isEmpty() ? problem : problem.at(why.field());
  }

  /** The body of what was answered. */
  static byte[] bodyOrThrow(Delivery delivery, boolean command) {
    return delivery.match(
        new Delivery.Cases<>() {
          @Override
          public byte[] answered(Delivery.Answered answered) {
            return answered.body();
          }

          @Override
          public byte[] unknown(Delivery.Unknown unknown) {
            throw thrown(
                Problem.of(
                        503,
                        "OUTCOME_UNKNOWN",
                        "The outcome is not known yet",
                        "It may or may not have been done. Send the same request again, with the"
                            + " same Idempotency-Key if it has one: it is done at most once.")
                    .after(Duration.ofSeconds(1)));
          }

          @Override
          public byte[] unavailable(Delivery.Unavailable unavailable) {
            throw thrown(
                Problem.unavailable(
                    (command ? "Nothing was done. " : "") + "Try again in a moment."));
          }

          @Override
          public byte[] busy(Delivery.Busy busy) {
            throw thrown(
                Problem.tooMuch("Nothing was done; too much waits already.", busy.retryAfter()));
          }

          @Override
          public byte[] full(Delivery.Full full) {
            throw thrown(
                Problem.of(
                        507,
                        "NO_ROOM",
                        "There is no room for it just now",
                        "Nothing was done: " + full.why() + ". What was sold before is safe.")
                    .after(Duration.ofSeconds(30)));
          }
        });
  }

  private static CompletionException thrown(Problem problem) {
    return new CompletionException(problem.unacceptable());
  }

  private static int status(RefusalCode code) {
    return switch (code) {
      case MALFORMED -> 400;
      case NOT_SIGNED_IN, SESSION_EXPIRED -> 401;
      case NOT_ALLOWED -> 403;
      case UNKNOWN_PLAYER, UNKNOWN_GAME, UNKNOWN_DRAW, UNKNOWN_TICKET, UNKNOWN_PARTY, NOT_YET ->
          404;
      case INVALID, KEY_REUSED, LINE_INVALID, LINES_COUNT -> 422;
      case LIMIT -> 429;
      default -> 409;
    };
  }

  private static String title(RefusalCode code) {
    return switch (code) {
      case NOT_ALLOWED -> "This is not yours to do";
      case OTHER_BRANCH -> "The draw belongs to another branch";
      case NAME_TAKEN -> "The name is taken";
      case KEY_REUSED -> "The key was used for something else";
      case UNKNOWN_PLAYER -> "There is no such player";
      case UNKNOWN_GAME -> "There is no such game";
      case UNKNOWN_DRAW -> "There is no such draw";
      case UNKNOWN_TICKET -> "There is no such ticket";
      case DRAW_EXISTS -> "The draw exists already";
      case NOT_ON_SALE -> "Tickets are not sold yet";
      case DRAW_CLOSED -> "The draw is closed";
      case DRAW_FULL -> "The draw is sold out";
      case LINE_INVALID -> "The numbers do not fit the game";
      case LINES_COUNT -> "The number of lines does not fit";
      case BALANCE_TOO_SMALL -> "Your balance is too small";
      case OTHER_CURRENCY -> "The game is played in another currency";
      case NOT_YET -> "There is nothing to show yet";
      case LIMIT -> "A limit is reached";
      case PRICE_DIFFERS -> "The price has changed";
      case WITHDRAWN -> "The wager was given back";
      case INVALID -> "A value cannot be used";
      default -> "Refused";
    };
  }
}
