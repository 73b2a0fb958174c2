package io.elottery.web.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.lottery.answer.LotteryAnswer.DrawFound;
import io.elottery.lottery.answer.LotteryAnswer.Projected;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.WebRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Fetches what happened to a draw. */
public final class Histories {
  private static final String ALL = "500"; // a draw has some twenty

  private final Desk desk;

  /** At this desk. */
  public Histories(Desk desk) {
    this.desk = desk;
  }

  /** The items of the feed about it, the first first; a draw that is not there is said to be. */
  public CompletableFuture<JsonNode> of(WebRequest request, DrawRef draw) {
    LotteryQuery asked =
        new LotteryQuery.Project(
            draw.branch(),
            "feed",
            new TreeMap<>(
                Map.of("game", draw.game().text(), "draw", draw.id().toString(), "limit", ALL)));
    return desk.ask(request, new LotteryQuery.GetDraw(draw), DrawFound.class)
        .thenCompose(known -> desk.ask(request, asked, Projected.class))
        .thenApply(said -> Json.trusted(said.json().toBytes()).path("items"));
  }
}
