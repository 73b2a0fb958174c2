package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.LotteryAnswer.TicketFound;
import io.elottery.lottery.answer.LotteryAnswer.TicketMissing;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Lines;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Purchases;
import io.elottery.web.desk.Sessions;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.JsonBody;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Buying, seeing and cancelling tickets. */
public final class TicketsApi {
  private static final int LINES_CARRIED = 64;

  private final Desk desk;
  private final Sessions sessions;
  private final Purchases purchases;

  /** At this desk. */
  public TicketsApi(Desk desk, Sessions sessions, Purchases purchases) {
    this.desk = desk;
    this.sessions = sessions;
    this.purchases = purchases;
  }

  void addTo(RouteTable routes) {
    routes
        .add("POST", "/api/v1/draws/{game}/{id}/tickets", this::buy)
        .add("GET", "/api/v1/tickets/{ticket}", this::ticket)
        .add("DELETE", "/api/v1/tickets/{ticket}", this::cancel);
  }

  private CompletableFuture<WebAnswer> buy(WebRequest request) throws Unacceptable {
    SessionToken token = Sessions.bearer(request);
    DrawRef draw = Input.draw(request);
    RequestKey key = Input.requiredKey(request);
    Wager wager = wager(JsonBody.of(request, "lines", "quickPick"));
    return purchases
        .buy(request, token, draw, wager, key)
        .thenApply(
            purchase ->
                purchase.match(
                    new Purchases.Purchase.Cases<WebAnswer>() {
                      @Override
                      public WebAnswer sealed(Receipt receipt, boolean repeated) {
                        return new WebAnswer(
                            repeated ? 200 : 201, "application/json", ApiJson.receipt(receipt));
                      }

                      @Override
                      public WebAnswer pending(TicketId ticket) {
                        return WebAnswer.json(202, state(ticket, "PENDING"))
                            .with("Location", "/api/v1/tickets/" + ticket + "?draw=" + draw)
                            .with("Retry-After", "1");
                      }
                    }));
  }

  private CompletableFuture<WebAnswer> ticket(WebRequest request) throws Unacceptable {
    TicketId ticket = Input.ticket(request);
    Optional<DrawRef> draw = Input.drawHint(request);
    return sessions
        .require(request)
        .thenCompose(me -> found(request, me.player(), ticket, draw))
        .thenApply(found -> shown(found, ticket, draw));
  }

  // A foreign draw is asked first: once it is closed, what home does not know then never comes.
  private CompletableFuture<LotteryAnswer> found(
      WebRequest request, PlayerId me, TicketId ticket, Optional<DrawRef> draw) {
    LotteryQuery query = new LotteryQuery.TicketById(me, ticket, draw);
    Optional<DrawRef> foreign = draw.filter(there -> !there.branch().equals(me.branch()));
    if (foreign.isEmpty()) {
      return desk.ask(request, query);
    }
    return desk.ask(request, new LotteryQuery.GetDraw(foreign.get()), LotteryAnswer.DrawFound.class)
        .handle((there, away) -> away != null || there.draw().phase() == DrawState.OPEN)
        .thenCompose(
            mayCome ->
                desk.ask(request, query)
                    .thenApply(
                        answer ->
                            mayCome
                                    && answer instanceof TicketMissing missing
                                    && missing.why().isEmpty()
                                ? new TicketMissing(ticket, true, Optional.empty())
                                : answer));
  }

  private static WebAnswer shown(LotteryAnswer answer, TicketId ticket, Optional<DrawRef> draw) {
    if (answer instanceof TicketFound found) {
      return WebAnswer.json(200, ApiJson.ticket(found.ticket()));
    }
    if (answer instanceof TicketMissing missing
        && (draw.isPresent() || missing.mayStillCome() || missing.why().isPresent())) {
      ObjectNode json = state(ticket, missing.mayStillCome() ? "PENDING" : "REFUSED");
      missing.why().ifPresent(why -> json.put("why", why.detail()));
      return WebAnswer.json(200, json);
    }
    throw new CompletionException(
        Problem.of(
                404,
                "UNKNOWN_TICKET",
                "There is no such ticket",
                "You have no ticket "
                    + ticket
                    + "; add ?draw=game:id to learn whether it may come.")
            .unacceptable());
  }

  private CompletableFuture<WebAnswer> cancel(WebRequest request) throws Unacceptable {
    SessionToken token = Sessions.bearer(request);
    TicketId ticket = Input.ticket(request);
    return purchases
        .cancel(request, token, ticket)
        .thenApply(
            reply -> {
              if (reply.isEmpty()) {
                return WebAnswer.json(202, state(ticket, "CANCELLING"))
                    .with("Location", "/api/v1/tickets/" + ticket)
                    .with("Retry-After", "1");
              }
              ObjectNode json = state(ticket, "CANCELLED");
              json.set("returned", ApiJson.money(reply.get().returned()));
              return WebAnswer.json(200, json);
            });
  }

  private static Wager wager(JsonBody body) throws Unacceptable {
    if (body.has("lines") == body.has("quickPick")) {
      throw body.invalid(
          "lines",
          "Expected either \"lines\", a list of lines, or \"quickPick\", a number of them.");
    }
    if (body.has("quickPick")) {
      return new Wager.QuickPick((int) body.integer("quickPick", 1, Wager.LINES_MAX));
    }
    List<Line> lines = new ArrayList<>();
    for (JsonBody line : body.objects("lines", LINES_CARRIED)) {
      if (line.fields().size() > Lines.POOLS_MAX) {
        throw body.invalid("lines", "A line has more pools than any game.");
      }
      TreeMap<String, List<Integer>> picks = new TreeMap<>();
      for (String pool : line.fields()) {
        picks.put(pool, line.integers(pool, Lines.NUMBERS_MAX));
      }
      lines.add(new Line(picks));
    }
    return new Wager.Marked(lines);
  }

  private static ObjectNode state(TicketId ticket, String state) {
    return Json.object().put("state", state).put("ticket", ticket.toString());
  }
}
