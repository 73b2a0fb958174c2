package io.elottery.web.staff;

import io.elottery.lottery.command.Requester;
import io.elottery.lottery.id.Octets;
import io.elottery.web.api.AccountApi;
import io.elottery.web.api.DrawsApi;
import io.elottery.web.api.GamesApi;
import io.elottery.web.api.OperatorApi;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.TokenBuckets;
import java.util.concurrent.CompletableFuture;

/** All calls and pages of the staff port; nothing on it without a staff token but public facts. */
public final class StaffDesk {
  private final OfficeLine office;
  private final StaffGuard guard;
  private final NetworkView network;

  /** Letting in who has a badge. */
  public StaffDesk(OfficeLine office, Badges badges, NetworkView network) {
    this.office = office;
    this.guard = new StaffGuard(badges);
    this.network = network;
  }

  /**
   * Adds the calls that main answers.
   *
   * @param files makes files of what it answers
   */
  public void forwardTo(RouteTable routes, TokenBuckets tries, HealthFiles files) {
    new Forwarder(office, tries).addTo(routes);
    new HealthApi(office, files).addTo(routes);
  }

  /**
   * Adds the calls.
   *
   * @param maxImport bytes of a results file at most
   * @param build hash of the shipped jars; 32 bytes
   */
  public void addCallsTo(
      RouteTable routes,
      Desk desk,
      Branches branches,
      AccountApi accounts,
      long maxImport,
      Octets build) {
    new GamesApi(desk).addTo(routes);
    new DrawsApi(desk, branches).addTo(routes);
    new OperatorApi(desk, build, request -> Requester.tool(guard.changer(request).name()))
        .addTo(routes, guard::changing);
    CatalogDesk catalog = new CatalogDesk(desk);
    routes
        .add("GET", "/api/v1/network", guard.seeing(this::network))
        .add("GET", "/api/v1/accounts", guard.seeing(new AccountsDesk(branches)::accounts))
        .add("GET", "/api/v1/actors", guard.seeing(new ActorsDesk(branches)::actors))
        .add("POST", "/api/v1/operators", guard.changing(accounts::signUpOperator))
        .add(
            "POST",
            "/api/v1/games/{game}/results",
            maxImport,
            guard.changing(catalog::importResults))
        .add("PUT", "/api/v1/games/{game}", guard.changing(catalog::define));
  }

  private CompletableFuture<WebAnswer> network(WebRequest request) {
    return network
        .ask()
        .handle(
            (json, away) ->
                away == null
                    ? new WebAnswer(200, "application/json", json)
                    : Problem.unavailable("No main answers this gateway; try another or later.")
                        .answer());
  }
}
