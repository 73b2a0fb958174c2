package io.elottery.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.LotteryAnswer.ProofFound;
import io.elottery.lottery.answer.LotteryAnswer.ResultFound;
import io.elottery.lottery.answer.LotteryAnswer.SessionFound;
import io.elottery.lottery.answer.PartySteps;
import io.elottery.lottery.answer.TicketPending;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.odds.Chance;
import io.elottery.lottery.odds.Odds;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.reply.LotteryReply.DrawAccepted;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.web.exchange.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The lottery's values as the API writes them ({@code docs/api.md}). */
final class ApiJson {
  private ApiJson() {}

  static <T> ObjectNode page(List<T> items, Function<T, JsonNode> each, Optional<String> next) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("items");
    items.forEach(item -> list.add(each.apply(item)));
    json.put("next", next.orElse(null));
    return json;
  }

  static ObjectNode money(Money money) {
    return Json.object().put("amount", money.minorUnits()).put("currency", money.currency());
  }

  static ObjectNode me(SessionFound me) {
    ObjectNode json = Json.object();
    json.put("id", me.player().toString());
    json.put("name", me.name());
    json.put("branch", me.player().branch().code());
    json.set("balance", money(me.balance()));
    json.put("expiresAt", me.expiresAt().toString());
    return json;
  }

  static JsonNode game(GameView game) {
    ObjectNode json = (ObjectNode) Json.trusted(game.rules().getBytes(StandardCharsets.UTF_8));
    json.put("version", game.version());
    json.put("rulesHash", game.rulesHash().hex());
    return json;
  }

  static JsonNode odds(Odds odds) {
    ObjectNode json = Json.object();
    ArrayNode tiers = json.putArray("tiers");
    odds.tiers().forEach(chance -> tiers.add(chance(chance)));
    json.set("overall", chance(odds.overall()));
    return json;
  }

  private static JsonNode chance(Chance chance) {
    return Json.object()
        .put("tier", chance.name())
        .put("favourable", chance.favourable().toString())
        .put("total", chance.total().toString())
        .put("oneIn", chance.oneIn().toPlainString())
        .put("text", chance.text());
  }

  static JsonNode past(PastResult past) {
    ObjectNode json = Json.object();
    json.put("date", past.date().toString());
    json.set("numbers", numbers(past.numbers().drawn()));
    ObjectNode kept = json.putObject("kept");
    past.kept().forEach(kept::put);
    return json;
  }

  static ObjectNode draw(DrawSummary draw) {
    ObjectNode json = Json.object();
    json.put("game", draw.draw().game().text());
    json.put("id", draw.draw().id().toString());
    json.put("branch", draw.draw().branch().code());
    json.put("slot", draw.draw().id().slot().name());
    json.put("date", draw.draw().id().date().toString());
    json.put("state", draw.state().name());
    json.put("onSale", draw.onSale());
    json.put("closesAt", draw.closesAt().toString());
    json.put("capacity", draw.capacity());
    json.put("sold", draw.sold());
    json.set("price", money(draw.price()));
    json.set("jackpot", money(draw.jackpot()));
    ArrayNode waiting = json.putArray("waitingFor");
    draw.waitingFor().forEach(party -> waiting.add(party.text()));
    json.put("since", draw.since().toString());
    return json;
  }

  static ObjectNode detail(DrawDetail draw) {
    ObjectNode json = draw(draw.summary());
    json.put("openedAt", draw.openedAt().toString());
    json.put("rulesHash", draw.rulesHash().hex());
    json.put("build", draw.build().hex());
    ArrayNode parties = json.putArray("parties");
    draw.parties().forEach(steps -> parties.add(party(steps)));
    draw.closing()
        .ifPresent(
            closing ->
                json.putObject("closing")
                    .put("position", closing.position())
                    .put("at", closing.at().toString())
                    .put("size", closing.size())
                    .put("root", closing.root().hex()));
    draw.outcome().ifPresent(outcome -> outcome(json, outcome));
    if (!draw.reason().isEmpty()) {
      json.put("reason", draw.reason());
    }
    return json;
  }

  private static ObjectNode party(PartySteps steps) {
    ObjectNode json = Json.object();
    json.put("name", steps.party().name().text());
    json.put("publicKey", steps.party().publicKey().base64());
    json.put("commit", steps.commit().map(commit -> commit.hex()).orElse(null));
    json.put("closeSignature", steps.signature().map(signed -> signed.base64()).orElse(null));
    json.put("share", steps.share().map(share -> share.hex()).orElse(null));
    return json;
  }

  static ObjectNode accepted(DrawAccepted draw) {
    return Json.object()
        .put("game", draw.draw().game().text())
        .put("id", draw.draw().id().toString())
        .put("state", draw.state().name())
        .put("closesAt", draw.closesAt().toString())
        .put("capacity", draw.capacity());
  }

  static ObjectNode result(ResultFound result) {
    ObjectNode json = Json.object();
    json.put("game", result.draw().game().text());
    json.put("id", result.draw().id().toString());
    json.put("state", result.state().name());
    json.putNull("numbers");
    json.putArray("winners");
    result.outcome().ifPresent(outcome -> outcome(json, outcome));
    json.put("certifiedAt", result.certifiedAt().map(at -> at.toString()).orElse(null));
    return json;
  }

  private static void outcome(ObjectNode json, DrawOutcome outcome) {
    json.set("numbers", numbers(outcome.numbers().drawn()));
    ArrayNode winners = json.putArray("winners");
    for (TierCount tier : outcome.winners()) {
      winners
          .addObject()
          .put("tier", tier.tier())
          .put("count", tier.count())
          .put("prizeEach", tier.prizeEach());
    }
  }

  private static JsonNode numbers(Map<String, List<Integer>> drawn) {
    ObjectNode json = Json.object();
    drawn.forEach(
        (pool, numbers) -> {
          ArrayNode list = json.putArray(pool);
          numbers.forEach(list::add);
        });
    return json;
  }

  /** The receipt exactly as signed, with its signature. */
  static byte[] receipt(Receipt receipt) {
    return receipt.text();
  }

  static JsonNode ticket(TicketView ticket) {
    ObjectNode json = (ObjectNode) Json.trusted(receipt(ticket.receipt()));
    json.put("state", ticket.state().name());
    json.put("currency", ticket.receipt().price().currency());
    json.set("prize", ticket.prize().<JsonNode>map(ApiJson::money).orElse(null));
    return json;
  }

  static ObjectNode pending(TicketPending ticket) {
    return Json.object()
        .put("ticket", ticket.ticket().toString())
        .put("game", ticket.draw().game().text())
        .put("draw", ticket.draw().id().toString())
        .put("price", ticket.stake().minorUnits())
        .put("currency", ticket.stake().currency())
        .put("since", ticket.since().toString())
        .put("state", "PENDING");
  }

  static ObjectNode history(HistoryItem item) {
    ObjectNode json = Json.object();
    json.put("at", item.at().toString());
    json.put("position", item.position());
    json.put("kind", item.kind().name());
    json.put("ticket", item.about().map(about -> about.ticket().toString()).orElse(null));
    json.put("game", item.about().map(about -> about.draw().game().text()).orElse(null));
    json.put("draw", item.about().map(about -> about.draw().id().toString()).orElse(null));
    json.put("amount", item.amount().minorUnits());
    json.put("currency", item.amount().currency());
    json.put("balance", item.balance().minorUnits());
    return json;
  }

  static ObjectNode proof(ProofFound proof) {
    ObjectNode json = Json.object();
    json.put("draw", proof.draw().toString());
    json.put("ticket", proof.ticket().toString());
    json.put("leaf", proof.leaf().base64());
    json.put("index", proof.index());
    json.put("size", proof.size());
    ArrayNode path = json.putArray("path");
    proof.path().forEach(hash -> path.add(hash.hex()));
    json.put("root", proof.root().hex());
    return json;
  }
}
