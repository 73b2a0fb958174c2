package io.elottery.web.site;

import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Purchases;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import io.elottery.web.site.view.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Buys what a form asks for. A script gets a part to show and a status to go by; a plain form gets
 * a page. Both say sealed, refused or pending, and pending can be asked again under the same key.
 */
final class BuyPages {
  private final Purchases purchases;
  private final Reception reception;
  private final DrawPages draws;

  BuyPages(Purchases purchases, Reception reception, DrawPages draws) {
    this.purchases = purchases;
    this.reception = reception;
    this.draws = draws;
  }

  void addTo(RouteTable routes) {
    routes.add("POST", "/draws/{game}/{id}/tickets", this::buy);
  }

  private CompletableFuture<WebAnswer> buy(WebRequest request) throws Unacceptable {
    boolean part = request.header("X-Part").isPresent();
    Form form = reception.visits().form(request);
    CompletableFuture<Purchases.Purchase> purchase;
    try {
      purchase = purchase(request, form);
    } catch (Unacceptable refused) {
      purchase = CompletableFuture.failedFuture(refused);
    }
    return purchase
        .thenApply(bought -> bought.match(part ? asPart() : asPage(request, form)))
        .thenCompose(answer -> answer)
        .handle(
            (answer, thrown) ->
                thrown == null
                    ? answer.now()
                    : refused(request, form, part, Reception.problem(thrown)))
        .thenCompose(answer -> answer);
  }

  private CompletableFuture<Purchases.Purchase> purchase(WebRequest request, Form form)
      throws Unacceptable {
    SessionToken token =
        reception.visits().session(request).orElseThrow(() -> Problem.signInFirst().unacceptable());
    DrawRef draw = Input.draw(request);
    RequestKey key = Input.value("key", form.text("key"), RequestKey::of);
    Wager wager = BuyForms.wager(form);
    return purchases.buy(request, token, draw, wager, key);
  }

  private Purchases.Purchase.Cases<CompletableFuture<WebAnswer>> asPart() {
    return new Purchases.Purchase.Cases<>() {
      @Override
      public CompletableFuture<WebAnswer> sealed(Receipt receipt, boolean repeated) {
        return part(repeated ? 200 : 201, TicketPages.sealed(receipt.ticket())).now();
      }

      @Override
      public CompletableFuture<WebAnswer> pending(TicketId ticket) {
        return part(202, pendingNotice()).now();
      }
    };
  }

  private Purchases.Purchase.Cases<CompletableFuture<WebAnswer>> asPage(
      WebRequest request, Form form) {
    return new Purchases.Purchase.Cases<>() {
      @Override
      public CompletableFuture<WebAnswer> sealed(Receipt receipt, boolean repeated) {
        return WebAnswer.seeOther("/tickets/" + receipt.ticket() + "?new=1").now();
      }

      @Override
      public CompletableFuture<WebAnswer> pending(TicketId ticket) {
        return reception.guest(request).thenApply(guest -> pendingPage(request, form, guest));
      }
    };
  }

  private WebAnswer pendingPage(WebRequest request, Form form, Reception.Guest guest) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    form.names().forEach(name -> fields.put(name, form.all(name)));
    return reception.page(
        guest,
        202,
        "Pending",
        "draws",
        "page/pending",
        Map.of("notice", pendingNotice(), "action", request.path(), "fields", fields));
  }

  private CompletableFuture<WebAnswer> refused(
      WebRequest request, Form form, boolean part, Problem problem) {
    Notice notice = Notice.of("bad", "Refused: " + problem.title(), problem.detail());
    if (part) {
      return part(problem.status(), notice).now();
    }
    if (problem.status() == 401) {
      return WebAnswer.seeOther("/sign-in?next=" + request.path().replace("/tickets", "")).now();
    }
    try {
      return draws.page(request, problem.status(), Optional.of(notice), form);
    } catch (Unacceptable unknownDraw) {
      return CompletableFuture.failedFuture(unknownDraw);
    }
  }

  private WebAnswer part(int status, Notice notice) {
    return reception.pages().show(status, "part/notice", Map.of("notice", notice));
  }

  private static Notice pendingNotice() {
    return Notice.of(
        "wait",
        "Pending",
        "The lottery has not confirmed your ticket yet. Asking again never buys a second one.");
  }
}
