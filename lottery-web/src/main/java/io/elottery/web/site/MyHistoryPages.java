package io.elottery.web.site;

import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.answer.LotteryAnswer.HistoryFound;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.money.Money;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.MyHistories;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.MyHistoryPage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What happened to the player who is signed in. */
final class MyHistoryPages {
  private static final int PAGE = 50;
  private static final String PATH = "/history";

  // Before, or instead of, a ticket in another branch's draw there is none to be seen.
  private static final Set<Kind> WITHOUT_TICKET =
      EnumSet.of(Kind.RESERVED, Kind.REFUSED, Kind.CANCELLING);

  private final Desk desk;
  private final MyHistories histories;
  private final Reception reception;

  MyHistoryPages(Desk desk, MyHistories histories, Reception reception) {
    this.desk = desk;
    this.histories = histories;
    this.reception = reception;
  }

  void addTo(RouteTable routes) {
    routes.add("GET", PATH, this::history).add("GET", PATH + ".csv", this::file);
  }

  private CompletableFuture<WebAnswer> history(WebRequest request) {
    CompletableFuture<Games> games = Games.askOrNone(desk, request);
    return reception
        .member(request)
        .thenCompose(
            member ->
                histories
                    .page(request, member.session().player(), request.query("cursor"), PAGE)
                    .thenCombine(games, (found, known) -> page(request, member, found, known)))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  private WebAnswer page(
      WebRequest request, Reception.Member member, HistoryFound found, Games games) {
    PlayerId me = member.session().player();
    List<MyHistoryPage.Row> rows =
        found.items().stream().map(item -> row(item, me, games)).toList();
    MyHistoryPage page =
        new MyHistoryPage(
            rows,
            !me.isOperator(),
            request.query("cursor").isEmpty(),
            found.next().map(next -> PATH + "?cursor=" + next));
    return reception.page(
        member.guest(), 200, "Account history", "tickets", "page/myhistory", Map.of("page", page));
  }

  private CompletableFuture<WebAnswer> file(WebRequest request) {
    return reception
        .member(request)
        .thenCompose(member -> histories.csv(request, member.session().player()))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }

  private static MyHistoryPage.Row row(HistoryItem item, PlayerId me, Games games) {
    return new MyHistoryPage.Row(
        item.at(),
        item.kind().name(),
        words(item),
        item.about().map(about -> href(item.kind(), about, me)).orElse(""),
        item.about()
            .map(about -> games.title(about.draw().game()) + " " + about.draw().id())
            .orElse(""),
        signed(item.amount()),
        Shown.money(item.balance()));
  }

  private static String href(Kind kind, HistoryItem.About about, PlayerId me) {
    DrawRef draw = about.draw();
    boolean elsewhere = !draw.branch().equals(me.branch());
    boolean unseen = WITHOUT_TICKET.contains(kind) || (elsewhere && kind == Kind.CANCELLED);
    return unseen ? "/draws/" + draw.game() + "/" + draw.id() : "/tickets/" + about.ticket();
  }

  private static String signed(Money amount) {
    if (amount.minorUnits() == 0) {
      return "";
    }
    boolean paid = amount.minorUnits() < 0;
    return paid ? "−" + Shown.money(amount.times(-1)) : "+" + Shown.money(amount);
  }

  private static String words(HistoryItem item) {
    String branch = item.about().map(about -> about.draw().branch().code()).orElse("");
    return switch (item.kind()) {
      case REGISTERED -> "Signed up";
      case SIGNED_IN -> "Signed in";
      case SIGNED_OUT -> "Signed out";
      case BOUGHT -> "Bought a ticket";
      case CANCELLED -> "Cancelled a ticket, stake returned";
      case WON -> "Won a prize";
      case RETURNED -> "Draw cancelled, stake returned";
      case RESERVED -> "Stake set aside for a draw of " + branch;
      case SEALED -> branch + " sealed the ticket";
      case REFUSED -> branch + " refused the ticket, stake returned";
      case CANCELLING -> "Asked " + branch + " to give a ticket back";
    };
  }
}
