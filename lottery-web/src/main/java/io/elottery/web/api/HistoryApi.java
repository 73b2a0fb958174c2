package io.elottery.web.api;

import io.elottery.web.desk.MyHistories;
import io.elottery.web.desk.Sessions;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.concurrent.CompletableFuture;

/** What happened to a player, for that player: in pages, or as one file. */
public final class HistoryApi {
  private final MyHistories histories;
  private final Sessions sessions;

  /** Of whom these sessions are. */
  public HistoryApi(MyHistories histories, Sessions sessions) {
    this.histories = histories;
    this.sessions = sessions;
  }

  /** For the public port. */
  public void addTo(RouteTable routes) {
    routes.add("GET", "/api/v1/me/history", this::history);
  }

  private CompletableFuture<WebAnswer> history(WebRequest request) throws Unacceptable {
    int limit = Input.limit(request);
    boolean csv = Input.isCsvWanted(request);
    return sessions
        .require(request)
        .thenCompose(
            me ->
                csv
                    ? histories.csv(request, me.player())
                    : histories
                        .page(request, me.player(), request.query("cursor"), limit)
                        .thenApply(
                            found ->
                                WebAnswer.json(
                                    200,
                                    ApiJson.page(found.items(), ApiJson::history, found.next()))));
  }
}
