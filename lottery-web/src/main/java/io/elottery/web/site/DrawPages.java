package io.elottery.web.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.answer.LotteryAnswer.DrawFound;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.rules.Rules;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Histories;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.DrawPage;
import io.elottery.web.site.view.HistoryPage;
import io.elottery.web.site.view.Notice;
import io.elottery.web.site.view.PartyStep;
import io.elottery.web.site.view.TierRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A draw's page: its state, the parties' steps, what was drawn, and where tickets are bought. */
final class DrawPages {
  private final Desk desk;
  private final Reception reception;
  private final BuyForms forms;
  private final Histories histories;

  DrawPages(Desk desk, Reception reception, BuyForms forms) {
    this.desk = desk;
    this.reception = reception;
    this.forms = forms;
    this.histories = new Histories(desk);
  }

  void addTo(RouteTable routes) {
    routes
        .add(
            "GET",
            "/draws/{game}/{id}",
            request -> page(request, 200, Optional.empty(), Form.empty()))
        .add("GET", "/draws/{game}/{id}/state", this::state)
        .add("GET", "/draws/{game}/{id}/history", this::history);
  }

  /**
   * The page.
   *
   * @param filled what was picked before, shown again
   */
  CompletableFuture<WebAnswer> page(
      WebRequest request, int status, Optional<Notice> notice, Form filled) throws Unacceptable {
    DrawRef draw = Input.draw(request);
    CompletableFuture<Reception.Guest> guest = reception.guest(request);
    return found(request, draw)
        .thenCombine(
            guest,
            (detail, who) -> {
              Map<String, Object> params = new TreeMap<>();
              boolean elsewhere =
                  who.session()
                      .filter(me -> !me.player().branch().equals(draw.branch()))
                      .isPresent();
              DrawPage page = shown(detail, request, filled);
              params.put("page", page);
              params.put(
                  "notice",
                  notice.isEmpty() && elsewhere && page.buy().isPresent()
                      ? Optional.of(elsewhere(draw))
                      : notice);
              return reception.page(
                  who,
                  status,
                  detail.parsedRules().title() + " " + draw.id(),
                  "draws",
                  "page/draw",
                  params);
            });
  }

  private static Notice elsewhere(DrawRef draw) {
    return Notice.of(
        "info",
        "Another branch's draw",
        "Your own branch sets the stake aside first, then "
            + draw.branch()
            + " takes the ticket. That may take a moment longer.");
  }

  private CompletableFuture<WebAnswer> state(WebRequest request) throws Unacceptable {
    return found(request, Input.draw(request))
        .thenApply(
            detail ->
                reception
                    .pages()
                    .show(
                        200,
                        "part/drawstate",
                        Map.of("page", shown(detail, request, Form.empty()))));
  }

  private CompletableFuture<WebAnswer> history(WebRequest request) throws Unacceptable {
    DrawRef draw = Input.draw(request);
    CompletableFuture<Reception.Guest> guest = reception.guest(request);
    return found(request, draw)
        .thenCombine(histories.of(request, draw), DrawPages::history)
        .thenCombine(
            guest,
            (page, who) ->
                reception.page(
                    who,
                    200,
                    page.title() + " " + draw.id() + ": what happened",
                    "draws",
                    "page/history",
                    new TreeMap<>(Map.of("page", page))));
  }

  private static HistoryPage history(DrawDetail detail, JsonNode items) {
    Rules rules = detail.parsedRules();
    List<HistoryPage.Row> rows = new ArrayList<>();
    for (JsonNode item : items) {
      rows.add(
          new HistoryPage.Row(
              Instant.parse(item.path("at").asText()),
              item.path("kind").asText(),
              words(item.path("kind").asText(), item.path("facts"), rules),
              Optional.of(item.path("facts").path("closesAt").asText())
                  .filter(at -> !at.isEmpty())
                  .map(Instant::parse),
              Shown.count(item.path("position").asLong())));
    }
    DrawRef draw = detail.summary().draw();
    return new HistoryPage(
        rules.title(),
        draw.game().text(),
        draw.id().toString(),
        "/draws/" + draw.game() + "/" + draw.id(),
        rows);
  }

  private static String words(String kind, JsonNode facts, Rules rules) {
    String party = facts.path("party").asText();
    return switch (kind) {
      case "OPENED", "CHANGED" ->
          Shown.count(facts.path("capacity").asLong()) + " tickets at most, closes";
      case "COMMITTED" -> party + " committed to its secret";
      case "CLOSED" ->
          Shown.count(facts.path("tickets").asLong())
              + " tickets, stakes "
              + money(facts, "stakes", rules);
      case "SIGNED" -> party + " signed the list of tickets";
      case "REVEALED" -> party + " revealed its secret";
      case "STALLED" -> "waits for a party";
      case "DRAWN" ->
          Shown.count(facts.path("winners").asLong())
              + " winning lines, prizes "
              + money(facts, "prizes", rules);
      case "CERTIFIED" -> "by " + party;
      default -> facts.path("reason").asText();
    };
  }

  private static String money(JsonNode facts, String name, Rules rules) {
    return Shown.money(Money.of(facts.path(name).asLong(), rules.currency()));
  }

  private CompletableFuture<DrawDetail> found(WebRequest request, DrawRef draw) {
    return desk.ask(request, new LotteryQuery.GetDraw(draw), DrawFound.class)
        .thenApply(DrawFound::draw);
  }

  private DrawPage shown(DrawDetail detail, WebRequest request, Form filled) {
    Rules rules = detail.parsedRules();
    TreeMap<GameName, Rules> game = new TreeMap<>();
    game.put(detail.summary().draw().game(), rules);
    DrawState state = detail.summary().state();
    List<PartyStep> steps = new ArrayList<>();
    detail
        .parties()
        .forEach(
            party ->
                steps.add(
                    new PartyStep(
                        party.party().name().text(),
                        party.commit().isPresent(),
                        party.signature().isPresent(),
                        party.share().isPresent())));
    return new DrawPage(
        Shown.draw(detail.summary(), new Games(game)),
        detail.summary().onSale()
            ? Optional.of(forms.form(detail.summary().draw(), rules, request, filled))
            : Optional.empty(),
        steps,
        detail
            .outcome()
            .map(outcome -> Shown.drawn(outcome.numbers(), Optional.of(rules)))
            .orElse(List.of()),
        detail.outcome().map(outcome -> winners(outcome, rules)).orElse(List.of()),
        facts(detail),
        state == DrawState.CERTIFIED || state == DrawState.VOID || state == DrawState.DISPUTED);
  }

  private static List<TierRow> winners(DrawOutcome outcome, Rules rules) {
    return outcome.winners().stream()
        .map(
            tier ->
                new TierRow(
                    tier.tier(),
                    "",
                    tier.prizeEach() == 0
                        ? "–"
                        : Shown.money(Money.of(tier.prizeEach(), rules.currency())),
                    Shown.count(tier.count())))
        .toList();
  }

  private static List<DrawPage.Fact> facts(DrawDetail detail) {
    List<DrawPage.Fact> facts = new ArrayList<>();
    if (!detail.summary().waitingFor().isEmpty()) {
      TreeSet<String> names = new TreeSet<>();
      detail.summary().waitingFor().forEach(party -> names.add(party.text()));
      facts.add(new DrawPage.Fact("Waits for", String.join(", ", names)));
    }
    detail
        .closing()
        .ifPresent(
            closing -> {
              facts.add(
                  new DrawPage.Fact(
                      "Sealed list",
                      Shown.count(closing.size())
                          + " tickets, root "
                          + closing.root().hex().substring(0, 16)
                          + "…"));
            });
    detail
        .certified()
        .ifPresent(word -> facts.add(new DrawPage.Fact("Certified by", word.by().text())));
    if (!detail.reason().isEmpty()) {
      facts.add(new DrawPage.Fact("Reason", detail.reason()));
    }
    return facts;
  }
}
