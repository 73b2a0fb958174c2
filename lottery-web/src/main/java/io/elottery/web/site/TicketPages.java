package io.elottery.web.site;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.LotteryAnswer.ResultFound;
import io.elottery.lottery.answer.LotteryAnswer.TicketFound;
import io.elottery.lottery.answer.LotteryAnswer.TicketsFound;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Purchases;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.Notice;
import io.elottery.web.site.view.TicketCard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A player's own tickets and receipts. */
final class TicketPages {
  private static final int PAGE = 20;

  private final Desk desk;
  private final Purchases purchases;
  private final Reception reception;

  TicketPages(Desk desk, Purchases purchases, Reception reception) {
    this.desk = desk;
    this.purchases = purchases;
    this.reception = reception;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/tickets", this::tickets)
        .add("GET", "/tickets/{ticket}", this::ticket)
        .add("GET", "/tickets/{ticket}/receipt.json", this::receipt)
        .add("POST", "/tickets/{ticket}/cancel", this::cancel)
        .add("GET", "/parts/balance", this::balance);
  }

  private CompletableFuture<WebAnswer> tickets(WebRequest request) {
    CompletableFuture<Games> games = Games.askOrNone(desk, request);
    return reception
        .member(request)
        .thenCompose(
            member ->
                desk.ask(
                        request,
                        new LotteryQuery.MyTickets(
                            member.session().player(), request.query("cursor"), PAGE),
                        TicketsFound.class)
                    .thenCombine(games, (found, known) -> list(member.guest(), found, known)))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  private WebAnswer list(Reception.Guest guest, TicketsFound found, Games games) {
    List<TicketCard> cards = new ArrayList<>();
    found.pending().forEach(ticket -> cards.add(Shown.pending(ticket, games)));
    found.items().forEach(ticket -> cards.add(Shown.ticket(ticket, games, Optional.empty())));
    return reception.page(
        guest,
        200,
        "My tickets",
        "tickets",
        "page/tickets",
        Map.of("tickets", cards, "older", found.next().map(next -> "/tickets?cursor=" + next)));
  }

  private CompletableFuture<WebAnswer> ticket(WebRequest request) throws Unacceptable {
    TicketId id = Input.ticket(request);
    Optional<Notice> notice =
        request.query("new").isPresent()
            ? Optional.of(sealed(id))
            : request.query("cancelled").isPresent()
                ? Optional.of(
                    Notice.of("good", "Cancelled", "The ticket is out and your stake is back."))
                : Optional.empty();
    CompletableFuture<Games> games = Games.askOrNone(desk, request);
    return reception
        .member(request)
        .thenCompose(
            member ->
                found(request, member, id)
                    .thenCompose(
                        ticket ->
                            drawn(request, ticket)
                                .thenCombine(
                                    games,
                                    (numbers, known) ->
                                        page(
                                            member.guest(),
                                            ticket,
                                            Shown.ticket(ticket, known, numbers),
                                            notice))))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  /** What is told of a ticket just sealed. */
  static Notice sealed(TicketId id) {
    return Notice.of(
            "good",
            "Sealed",
            "Your ticket is in the draw and kept on several servers. The receipt is its proof.")
        .link("/tickets/" + id, "See the receipt");
  }

  private WebAnswer page(
      Reception.Guest guest, TicketView ticket, TicketCard card, Optional<Notice> notice) {
    Map<String, Object> params = new TreeMap<>();
    params.put("ticket", card);
    params.put("receipt", CanonicalJson.text(ticket.receipt().toJson()));
    params.put("cancellable", ticket.state() == TicketState.SEALED);
    params.put("drawn", ticket.state() == TicketState.WON || ticket.state() == TicketState.LOST);
    params.put("notice", notice.map(told -> Notice.of(told.kind(), told.title(), told.text())));
    return reception.page(guest, 200, "Ticket", "tickets", "page/ticket", params);
  }

  private CompletableFuture<WebAnswer> receipt(WebRequest request) throws Unacceptable {
    TicketId id = Input.ticket(request);
    return reception
        .member(request)
        .thenCompose(member -> found(request, member, id))
        .thenApply(
            ticket ->
                new WebAnswer(
                        200,
                        "application/json",
                        CanonicalJson.text(ticket.receipt().toJson())
                            .getBytes(StandardCharsets.UTF_8))
                    .asFile(id + ".json"))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  private CompletableFuture<TicketView> found(
      WebRequest request, Reception.Member member, TicketId id) {
    LotteryQuery query =
        new LotteryQuery.TicketById(member.session().player(), id, Optional.empty());
    return desk.ask(request, query)
        .thenCompose(
            answer ->
                answer instanceof TicketFound found
                    ? CompletableFuture.completedFuture(found.ticket())
                    : CompletableFuture.failedFuture(
                        Problem.notFound("You have no ticket with this number.").unacceptable()));
  }

  // Which numbers were drawn, where they are; a page never fails for want of them.
  private CompletableFuture<Optional<Numbers>> drawn(WebRequest request, TicketView ticket) {
    return desk.ask(request, new LotteryQuery.ResultOf(ticket.receipt().draw()))
        .handle((answer, problem) -> problem == null ? numbers(answer) : Optional.empty());
  }

  private static Optional<Numbers> numbers(LotteryAnswer answer) {
    return answer instanceof ResultFound found
        ? found.outcome().map(outcome -> outcome.numbers())
        : Optional.empty();
  }

  private CompletableFuture<WebAnswer> cancel(WebRequest request) throws Unacceptable {
    reception.visits().form(request);
    TicketId id = Input.ticket(request);
    return reception
        .member(request)
        .thenCompose(member -> purchases.cancel(request, member.token(), id))
        .thenApply(
            done ->
                WebAnswer.seeOther(
                    done.isPresent() ? "/tickets/" + id + "?cancelled=1" : "/tickets"))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  private CompletableFuture<WebAnswer> balance(WebRequest request) {
    return reception
        .member(request)
        .thenApply(
            member ->
                new WebAnswer(
                    200,
                    "text/plain; charset=utf-8",
                    Shown.money(member.session().balance()).getBytes(StandardCharsets.UTF_8)));
  }
}
