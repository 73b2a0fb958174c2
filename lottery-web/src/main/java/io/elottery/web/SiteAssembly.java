package io.elottery.web;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.lottery.id.Octets;
import io.elottery.web.api.AccountApi;
import io.elottery.web.api.FeedApi;
import io.elottery.web.api.HeadsApi;
import io.elottery.web.api.HistoryApi;
import io.elottery.web.api.PublicApi;
import io.elottery.web.config.HttpConfig;
import io.elottery.web.config.PlayersConfig;
import io.elottery.web.config.WebConfig;
import io.elottery.web.console.Console;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Inclusions;
import io.elottery.web.desk.MyHistories;
import io.elottery.web.desk.Purchases;
import io.elottery.web.desk.Sessions;
import io.elottery.web.desk.SignIns;
import io.elottery.web.exchange.Dress;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.SafeDress;
import io.elottery.web.http.BoundedWork;
import io.elottery.web.http.DoorOptions;
import io.elottery.web.http.HttpDoor;
import io.elottery.web.http.HttpRuntime;
import io.elottery.web.http.RequestMeters;
import io.elottery.web.ledger.Ledger;
import io.elottery.web.signin.Passwords;
import io.elottery.web.signin.TokenBuckets;
import io.elottery.web.site.Site;
import io.elottery.web.staff.Badges;
import io.elottery.web.staff.HealthFiles;
import io.elottery.web.staff.NetworkView;
import io.elottery.web.staff.Office;
import io.elottery.web.staff.OfficeLine;
import io.elottery.web.staff.StaffDesk;
import java.util.List;
import java.util.Optional;

/**
 * Wires the two ports of a gateway before any {@link Ledger}: the real network's, or another
 * store's for comparison.
 */
public final class SiteAssembly implements Lifecycle {
  private final HttpRuntime runtime = new HttpRuntime();
  private final HttpDoor site;
  private final HttpDoor staff;
  private final Parts parts;

  /**
   * What the ports need from outside.
   *
   * @param network asks a main for the network's state
   * @param office brings calls of the staff to a main
   */
  public record Ports(
      Ledger ledger,
      NetworkView network,
      Office office,
      Time time,
      RandomSource random,
      ProcessMetrics metrics) {}

  /** Not started. */
  public SiteAssembly(WebConfig config, Ports ports) {
    this(config, ports, Passwords.ROUNDS);
  }

  /**
   * @param passwordRounds fewer than usual only in tests and benchmarks
   */
  public SiteAssembly(WebConfig config, Ports ports, int passwordRounds) {
    HttpConfig http = config.http();
    PlayersConfig players = config.players();
    Desk desk = new Desk(ports.ledger());
    Sessions sessions = new Sessions(desk, ports.time());
    BoundedWork work = new BoundedWork(runtime);
    Passwords passwords = new Passwords(work, ports.random(), passwordRounds);
    SignIns signIns = new SignIns(desk, passwords, ports.random(), ports.time(), players);
    Purchases purchases = new Purchases(desk);
    Branches branches = new Branches(desk, players.branches());
    Octets build = config.build();

    Site pages = new Site(ports.random(), http.secure());
    RouteTable open = new RouteTable();
    PublicApi.addTo(open, desk, signIns, sessions, purchases, branches, build);
    FeedApi feed = new FeedApi(desk, branches, ports.time());
    feed.addTo(open);
    Inclusions inclusions = new Inclusions(desk, ports.ledger()::heads);
    new HeadsApi(ports.ledger()::heads, inclusions, sessions).addTo(open);
    pages.addTo(open, desk, signIns, sessions, purchases, branches, players);
    pages.addInclusionsTo(open, inclusions, sessions);
    MyHistories histories = new MyHistories(desk, ports.time());
    new HistoryApi(histories, sessions).addTo(open);
    pages.addHistoriesTo(open, desk, histories, sessions);

    RouteTable closed = new RouteTable();
    feed.addTo(closed);
    OfficeLine office = new OfficeLine(ports.office());
    Badges badges = new Badges(office, ports.time());
    TokenBuckets tries = new TokenBuckets(ports.time(), players.triesPerId(), players.window());
    Console console = new Console(pages.pages(), office, badges, http.secure());
    StaffDesk staffDesk = new StaffDesk(office, badges, ports.network());
    staffDesk.addCallsTo(
        closed, desk, branches, new AccountApi(desk, signIns, sessions), http.maxImport(), build);
    HealthFiles files = new HealthFiles(work);
    staffDesk.forwardTo(closed, tries, files);
    console.addTo(closed, ports.network(), tries);
    console.addHealthTo(closed, files, ports.time());
    Site.addAssetsTo(closed);

    Dress dress = new SafeDress(http.secure(), pages.pages()::problem);
    RequestMeters meters = new RequestMeters(ports.metrics().registry());
    site = new HttpDoor(runtime, options(http, "http.listen"), open, dress, meters);
    Dress staffDress = new SafeDress(http.secure(), console::problem);
    staff = new HttpDoor(runtime, options(http, "staff.listen"), closed, staffDress, meters);
    parts = new Parts(List.of(runtime, site, staff));
  }

  private static DoorOptions options(HttpConfig http, String key) {
    boolean site = key.equals("http.listen");
    Optional<DoorOptions.Pem> pem =
        http.certificate()
            .flatMap(chain -> http.key().map(secret -> new DoorOptions.Pem(chain, secret)));
    return new DoorOptions(
        key, site ? http.listen() : http.staffListen(), http.maxBody(), http.idle(), pem);
  }

  @Override
  public void start() {
    parts.start();
  }

  @Override
  public void close() {
    parts.close();
  }

  /** Where the site and the public API listen. */
  public Address site() {
    return site.address();
  }

  /** Where the staff port listens. */
  public Address staff() {
    return staff.address();
  }

  /** The gateway that starts these parts, this one among them. */
  Gateway startedBy(List<Lifecycle> all, ProcessMetrics metrics) {
    Parts whole = new Parts(all);
    return new Gateway() {
      @Override
      public void start() {
        whole.start();
      }

      @Override
      public void close() {
        whole.close();
        metrics.close();
      }

      @Override
      public Address site() {
        return site.address();
      }

      @Override
      public Address staff() {
        return staff.address();
      }
    };
  }
}
