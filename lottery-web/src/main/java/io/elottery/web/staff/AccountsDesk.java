package io.elottery.web.staff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.LotteryAnswer.AccountsFound;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Branches;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.concurrent.CompletableFuture;

/** Shows every branch's money, added up by currency. */
final class AccountsDesk {
  private final Branches branches;

  AccountsDesk(Branches branches) {
    this.branches = branches;
  }

  CompletableFuture<WebAnswer> accounts(WebRequest request) {
    return branches
        .ask(request, branches.all(), LotteryQuery.Accounts::new, AccountsFound.class)
        .thenApply(
            answers -> {
              ObjectNode json = Json.object();
              ArrayNode list = json.putArray("branches");
              answers
                  .found()
                  .forEach(
                      (branch, found) -> {
                        ObjectNode each = list.addObject().put("branch", branch.code());
                        ArrayNode balances = each.putArray("balances");
                        found.balances().forEach(money -> balances.add(json(money)));
                      });
              ArrayNode missing = json.putArray("missing");
              answers.missing().forEach(branch -> missing.add(branch.code()));
              return WebAnswer.json(200, json);
            });
  }

  private static ObjectNode json(MoneyBalance money) {
    return Json.object()
        .put("currency", money.currency())
        .put("issued", money.issued())
        .put("balances", money.balances())
        .put("stakes", money.stakes())
        .put("house", money.house())
        .put("carried", money.carried())
        .put("abroad", money.abroad())
        .put("conserved", money.isConserved());
  }
}
