package io.elottery.web.api;

import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads what callers write in paths, parameters and headers; refusals say what was expected. */
public final class Input {
  /** Items of a page at most. */
  public static final int LIMIT_MAX = 200;

  private static final int LIMIT_DEFAULT = 50;

  private Input() {}

  /** The game named in the path. */
  public static GameName game(WebRequest request) throws Unacceptable {
    return inPath(request.param("game"), GameName::of);
  }

  /** The draw named in the path by {@code {game}} and {@code {id}}. */
  public static DrawRef draw(WebRequest request) throws Unacceptable {
    return new DrawRef(game(request), inPath(request.param("id"), DrawId::parse));
  }

  /** The ticket named in the path. */
  public static TicketId ticket(WebRequest request) throws Unacceptable {
    return inPath(request.param("ticket"), TicketId::parse);
  }

  /** A branch in a body or form. */
  public static BranchId branch(String text) throws Unacceptable {
    return value("branch", text, BranchId::of);
  }

  /** A branch as parameter. */
  public static Optional<BranchId> branch(WebRequest request) throws Unacceptable {
    return parameter(request, "branch", BranchId::of);
  }

  /** A game as parameter. */
  static Optional<GameName> gameFilter(WebRequest request) throws Unacceptable {
    return parameter(request, "game", GameName::of);
  }

  /** A draw's state as parameter. */
  static Optional<DrawState> state(WebRequest request) throws Unacceptable {
    return parameter(
        request,
        "state",
        text -> {
          for (DrawState state : DrawState.values()) {
            if (state.name().equals(text)) {
              return state;
            }
          }
          throw new IllegalArgumentException(
              "state: expected one of " + Arrays.toString(DrawState.values()));
        });
  }

  /** A draw as parameter, {@code game:id}. */
  static Optional<DrawRef> drawHint(WebRequest request) throws Unacceptable {
    return parameter(request, "draw", DrawRef::parse);
  }

  /** A day as parameter. */
  static Optional<LocalDate> day(WebRequest request, String name) throws Unacceptable {
    return parameter(
        request,
        name,
        text -> {
          try {
            return LocalDate.parse(text);
          } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(name + ": expected a day such as 2026-11-21");
          }
        });
  }

  /** How many items are wanted. */
  public static int limit(WebRequest request) throws Unacceptable {
    return parameter(
            request,
            "limit",
            text -> {
              if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1) {
                throw new IllegalArgumentException("limit: expected 1 … " + LIMIT_MAX);
              }
              return Math.min(LIMIT_MAX, Integer.parseInt(text));
            })
        .orElse(LIMIT_DEFAULT);
  }

  /**
   * Whether a list is wanted as comma-separated values: by its format, else by what is accepted.
   */
  static boolean isCsvWanted(WebRequest request) throws Unacceptable {
    return parameter(
            request,
            "format",
            text -> {
              if (!text.equals("csv") && !text.equals("json")) {
                throw new IllegalArgumentException("format: expected json or csv");
              }
              return text.equals("csv");
            })
        .orElseGet(() -> request.header("Accept").orElse("").contains("text/csv"));
  }

  /** The Idempotency-Key, if there is one. */
  static Optional<RequestKey> key(WebRequest request) throws Unacceptable {
    Optional<String> text = request.header("Idempotency-Key");
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(value("Idempotency-Key", text.get(), RequestKey::of));
  }

  /** The Idempotency-Key where one is needed. */
  static RequestKey requiredKey(WebRequest request) throws Unacceptable {
    return key(request)
        .orElseThrow(
            () ->
                Problem.of(
                        400,
                        "KEY_MISSING",
                        "The header Idempotency-Key is missing",
                        "Expected a key of your own, 1 to 128 visible characters, new for every"
                            + " ticket: asking again with the same key never buys twice.")
                    .at("Idempotency-Key")
                    .unacceptable());
  }

  /** Reads a value; what is wrong with it is told with the field's name. */
  public static <T> T value(String field, String text, Function<String, T> reader)
      throws Unacceptable {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid(field, String.valueOf(wrong.getMessage())).unacceptable();
    }
  }

  private static <T> Optional<T> parameter(
      WebRequest request, String name, Function<String, T> reader) throws Unacceptable {
    Optional<String> text = request.query(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(value(name, text.get(), reader));
  }

  // What cannot be a name names nothing.
  private static <T> T inPath(String text, Function<String, T> reader) throws Unacceptable {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw Problem.notFound(String.valueOf(wrong.getMessage())).unacceptable();
    }
  }
}
