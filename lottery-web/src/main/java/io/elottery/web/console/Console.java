package io.elottery.web.console;

import io.elottery.foundation.time.Time;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.signin.TokenBuckets;
import io.elottery.web.site.Pages;
import io.elottery.web.staff.Badges;
import io.elottery.web.staff.HealthFiles;
import io.elottery.web.staff.NetworkView;
import io.elottery.web.staff.OfficeLine;

/** All pages of the staff port; each shows only what main tells the one who looks. */
public final class Console {
  private final Counter counter;
  private final OfficeLine office;
  private final Badges badges;
  private final boolean secure;

  /**
   * @param secure whether browsers come over TLS, so that the cookie may demand it
   */
  public Console(Pages pages, OfficeLine office, Badges badges, boolean secure) {
    this.counter = new Counter(pages, office, badges);
    this.office = office;
    this.badges = badges;
    this.secure = secure;
  }

  /**
   * Adds the pages.
   *
   * @param tries limits sign-ins of one client
   */
  public void addTo(RouteTable routes, NetworkView network, TokenBuckets tries) {
    SignInPages signIn = new SignInPages(counter, office, badges, tries, secure);
    signIn.addTo(routes);
    new NetworkPages(counter, network, signIn).addTo(routes);
    new TroublePages(counter).addTo(routes);
    new EventPages(counter).addTo(routes);
    new ExplainPages(counter).addTo(routes);
    new SwitchoverPages(counter, network).addTo(routes);
    new KeyPages(counter).addTo(routes);
    new CutPages(counter).addTo(routes);
    new RestPages(counter).addTo(routes);
    new ApprovalPages(counter).addTo(routes);
    new VaultPages(counter).addTo(routes);
    new PeoplePages(counter).addTo(routes);
    new AuditPages(counter).addTo(routes);
  }

  /** Adds the page about the past. */
  public void addHealthTo(RouteTable routes, HealthFiles files, Time time) {
    new HealthPages(counter, files, time::now).addTo(routes);
  }

  /** A problem as a page, when nothing is known of the reader. */
  public WebAnswer problem(Problem problem) {
    return counter.problem(problem);
  }
}
