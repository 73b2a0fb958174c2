package io.elottery.web.api;

import io.elottery.lottery.command.Requester;
import io.elottery.lottery.id.Octets;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Purchases;
import io.elottery.web.desk.Sessions;
import io.elottery.web.desk.SignIns;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;

/** All calls of the public port. */
public final class PublicApi {
  private PublicApi() {}

  /** Adds them. */
  public static void addTo(
      RouteTable routes,
      Desk desk,
      SignIns signIns,
      Sessions sessions,
      Purchases purchases,
      Branches branches,
      Octets build) {
    new AccountApi(desk, signIns, sessions).addTo(routes);
    new GamesApi(desk).addTo(routes);
    new DrawsApi(desk, branches).addTo(routes);
    new TicketsApi(desk, sessions, purchases).addTo(routes);
    new OperatorApi(desk, build, PublicApi::operator).addTo(routes, handler -> handler);
  }

  // Whether the session holds and is an operator's is for the ledger to say.
  private static Requester operator(WebRequest request) throws Unacceptable {
    SessionToken token = Sessions.bearer(request);
    return Requester.operator(token.player(), token.digest());
  }
}
