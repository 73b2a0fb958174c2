package io.elottery.web.api;

import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.LotteryAnswer.DrawFound;
import io.elottery.lottery.answer.LotteryAnswer.GameFound;
import io.elottery.lottery.answer.LotteryAnswer.PartiesFound;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply.DrawAccepted;
import io.elottery.web.desk.Desk;
import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.JsonBody;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** What operators do with draws: open, change, cancel, close. */
public final class OperatorApi {
  private static final int CAPACITY_MAX = 100_000_000;

  private final Desk desk;
  private final Octets build;
  private final Who who;

  /** Who asks; the ledger checks operators, the staff port its own people. */
  @FunctionalInterface
  public interface Who {
    /** The requester of a request, or a refusal. */
    Requester of(WebRequest request) throws Unacceptable;
  }

  /**
   * At this desk.
   *
   * @param build hash of the shipped jars, recorded with every draw; 32 bytes
   */
  public OperatorApi(Desk desk, Octets build, Who who) {
    this.desk = desk;
    this.build = build;
    this.who = who;
  }

  /**
   * For the public port and, with other requesters, the staff port.
   *
   * @param gate lets callers in before they are asked who they are
   */
  public void addTo(RouteTable routes, UnaryOperator<Handler> gate) {
    routes
        .add("PUT", "/api/v1/draws/{game}/{id}", gate.apply(this::put))
        .add("DELETE", "/api/v1/draws/{game}/{id}", gate.apply(this::cancel))
        .add("POST", "/api/v1/draws/{game}/{id}/close", gate.apply(this::close));
  }

  private CompletableFuture<WebAnswer> put(WebRequest request) throws Unacceptable {
    Requester by = who.of(request);
    DrawRef draw = Input.draw(request);
    JsonBody body = JsonBody.of(request, "capacity", "closesAt");
    Optional<Integer> capacity =
        body.has("capacity")
            ? Optional.of((int) body.integer("capacity", 1, CAPACITY_MAX))
            : Optional.empty();
    Optional<Instant> closesAt =
        body.has("closesAt") ? Optional.of(body.instant("closesAt")) : Optional.empty();
    return exists(request, draw)
        .thenCompose(
            exists ->
                exists
                    ? desk.tell(
                            request,
                            new DrawCommand.ChangeDraw(by, draw, capacity, closesAt),
                            DrawAccepted.class)
                        .thenApply(reply -> WebAnswer.json(200, ApiJson.accepted(reply)))
                    : open(request, by, draw, capacity, closesAt)
                        .thenApply(reply -> WebAnswer.json(201, ApiJson.accepted(reply))));
  }

  private CompletableFuture<Boolean> exists(WebRequest request, DrawRef draw) {
    return desk.ask(request, new LotteryQuery.GetDraw(draw), DrawFound.class)
        .handle(
            (found, problem) -> {
              if (problem == null) {
                return true;
              }
              Throwable cause =
                  problem instanceof CompletionException ? problem.getCause() : problem;
              if (cause instanceof Unacceptable refused && refused.problem().status() == 404) {
                return false;
              }
              throw new CompletionException(cause);
            });
  }

  private CompletableFuture<DrawAccepted> open(
      WebRequest request,
      Requester by,
      DrawRef draw,
      Optional<Integer> capacity,
      Optional<Instant> closesAt) {
    if (capacity.isEmpty() || closesAt.isEmpty()) {
      return CompletableFuture.failedFuture(
          Problem.invalid(
                  capacity.isEmpty() ? "capacity" : "closesAt",
                  "A new draw needs both \"capacity\" and \"closesAt\".")
              .unacceptable());
    }
    CompletableFuture<GameView> game =
        desk.ask(request, new LotteryQuery.GameRules(draw.game()), GameFound.class)
            .thenApply(GameFound::game);
    CompletableFuture<List<PartyKey>> parties =
        desk.ask(request, new LotteryQuery.PartiesFile(), PartiesFound.class)
            .thenApply(found -> keys(found.parties()));
    return game.thenCombine(
            parties,
            (rules, keys) ->
                new DrawCommand.OpenDraw(
                    by,
                    draw.game(),
                    rules.rules(),
                    draw.id(),
                    false,
                    capacity.get(),
                    new SaleEnd.At(closesAt.get()),
                    keys,
                    build,
                    RequestKey.of("open/" + draw)))
        .thenCompose(command -> desk.tell(request, command, DrawAccepted.class));
  }

  private static List<PartyKey> keys(String parties) {
    try {
      List<PartyKey> keys = new ArrayList<>();
      PartiesFile.parse(parties.getBytes(StandardCharsets.UTF_8))
          .parties()
          .forEach((name, key) -> keys.add(new PartyKey(PartyName.of(name), Octets.of(key))));
      return keys;
    } catch (JsonRefused refused) {
      throw new IllegalStateException("parties file: " + refused.getMessage(), refused);
    }
  }

  private CompletableFuture<WebAnswer> cancel(WebRequest request) throws Unacceptable {
    String reason = request.query("reason").orElse("cancelled by an operator");
    if (reason.length() > 200) {
      throw Problem.invalid("reason", "Expected at most 200 characters.").unacceptable();
    }
    return told(request, new DrawCommand.CancelDraw(who.of(request), Input.draw(request), reason));
  }

  private CompletableFuture<WebAnswer> close(WebRequest request) throws Unacceptable {
    return told(request, new DrawCommand.CloseDraw(who.of(request), Input.draw(request)));
  }

  private CompletableFuture<WebAnswer> told(WebRequest request, DrawCommand command) {
    return desk.tell(request, command, DrawAccepted.class)
        .thenApply(reply -> WebAnswer.json(200, ApiJson.accepted(reply)));
  }
}
