package io.elottery.web.site;

import io.elottery.foundation.time.RandomSource;
import io.elottery.web.config.PlayersConfig;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Inclusions;
import io.elottery.web.desk.MyHistories;
import io.elottery.web.desk.Purchases;
import io.elottery.web.desk.Sessions;
import io.elottery.web.desk.SignIns;
import io.elottery.web.exchange.RouteTable;

/** All pages of the public port. */
public final class Site {
  private final Pages pages = new Pages();
  private final RandomSource random;
  private final boolean secure;

  /**
   * @param secure whether browsers come over TLS, so that cookies may demand it
   */
  public Site(RandomSource random, boolean secure) {
    this.random = random;
    this.secure = secure;
  }

  /** Writes pages also for problems outside of a handler. */
  public Pages pages() {
    return pages;
  }

  /** Adds the pages. */
  public void addTo(
      RouteTable routes,
      Desk desk,
      SignIns signIns,
      Sessions sessions,
      Purchases purchases,
      Branches branches,
      PlayersConfig players) {
    Reception reception = new Reception(sessions, new Visits(random, secure), pages);
    HomePages home = new HomePages(desk, branches, reception);
    DrawPages draws = new DrawPages(desk, reception, new BuyForms(random));
    Assets.addTo(routes);
    home.addTo(routes);
    draws.addTo(routes);
    new AccountPages(signIns, reception, players).addTo(routes);
    new BuyPages(purchases, reception, draws).addTo(routes);
    new TicketPages(desk, purchases, reception).addTo(routes);
    new ResultPages(desk, branches, home, reception).addTo(routes);
  }

  /** Adds what happened to whoever is signed in. */
  public void addHistoriesTo(
      RouteTable routes, Desk desk, MyHistories histories, Sessions sessions) {
    Reception reception = new Reception(sessions, new Visits(random, secure), pages);
    new MyHistoryPages(desk, histories, reception).addTo(routes);
  }

  /** Adds the proofs that go with receipts. */
  public void addInclusionsTo(RouteTable routes, Inclusions inclusions, Sessions sessions) {
    Reception reception = new Reception(sessions, new Visits(random, secure), pages);
    new InclusionPages(inclusions, reception).addTo(routes);
  }

  /** Styles and scripts alone, for another port. */
  public static void addAssetsTo(RouteTable routes) {
    Assets.addTo(routes);
  }
}
