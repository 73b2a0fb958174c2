package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.HealthSum;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import io.elottery.reports.history.Mean;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.history.ServerHealth;
import io.elottery.reports.history.Spread;
import io.elottery.reports.history.VerdictTimes;
import io.elottery.reports.rendering.HealthJson;
import io.elottery.reports.verdict.Verdict;
import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health over time: on the console and as files of the staff port. */
final class HistoryPagesTest {
  private static final String CALL = "GET /history/health";
  private static final Instant FROM = Instant.parse("2026-11-21T11:00:00Z");

  private static LocalSite site;

  @BeforeAll
  static void open(@TempDir Path dir) {
    site = new LocalSite(dir, Map.of());
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void thePageShowsEachServersTimelineAndTheMatrixOfLinks() {
    tell(report(true));

    assertThat(page("/health?span=7d").text())
        .contains("1 of 2 servers was down: worker-2 (1 min).")
        .contains("class=\"v-down\"", "DOWN, 21 Nov 11:02 – 21 Nov 11:03 UTC", "<polyline")
        .contains("k-green", "k-red", "worker-1 hears worker-2", "closed")
        .contains("/health/export?format=pdf&amp;span=7d")
        .contains("aria-current=\"page\">7 days");
    assertThat(site.office().asked()).last().asString().startsWith(CALL).contains("from");
    assertThat(page("/parts/health?span=24h").text()).contains("<svg").doesNotContain("<html");
  }

  @Test
  void withNothingRecordedThePageSaysSo() {
    tell(report(false));

    assertThat(page("/health").text()).contains("Nothing was recorded in this time yet.");
  }

  @Test
  void whatMainRefusesIsSaidOnThePage() {
    site.office().answers(CALL, 503, "{\"code\":\"UNAVAILABLE\",\"title\":\"Not now\"}");

    assertThat(page("/health").text()).contains("Not now");
  }

  @Test
  void csvAndPdfAreMadeHereOutOfWhatMainTells() {
    tell(report(true));

    Reply csv = api("?format=csv&from=2026-11-21T11:00:00Z");
    assertThat(csv.status()).isEqualTo(200);
    assertThat(csv.text()).startsWith("kind,from,to,server").contains("worker-2");
    assertThat(api("?format=pdf").text()).startsWith("%PDF-");
    assertThat(api("").text()).contains("\"format\":\"elottery/health/v1\"");
    assertThat(api("?format=doc").status()).isEqualTo(400);
    Reply nobody =
        site.send("GET", site.staffUrl() + "/api/v1/history/health", Map.of(), new byte[0]);
    assertThat(nobody.status()).isEqualTo(401);
  }

  private static void tell(HealthReport report) {
    site.office().answers(CALL, 200, HealthJson.of(report).toString());
  }

  private static Reply page(String path) {
    Map<String, String> cookie = Map.of("Cookie", "elottery-staff=" + LocalSite.OPERATIONS);
    return site.send("GET", site.staffUrl() + path, cookie, new byte[0]);
  }

  private static Reply api(String query) {
    Map<String, String> token = Map.of("Authorization", "Bearer " + LocalSite.OPERATIONS);
    return site.send("GET", site.staffUrl() + "/api/v1/history/health" + query, token, new byte[0]);
  }

  private static HealthReport report(boolean recorded) {
    NodeId main = NodeId.of("main-1");
    Instant to = FROM.plus(Duration.ofMinutes(5));
    HealthSum sum = new HealthSum(new HealthReport.Frame(FROM, to, Resolution.MINUTE, to, main));
    for (int minute = 0; minute < 5 && recorded; minute++) {
      sum.add(minute(minute));
    }
    return sum.report();
  }

  private static HealthBucket minute(int number) {
    NodeId one = NodeId.of("worker-1");
    NodeId two = NodeId.of("worker-2");
    Spread trips = Spread.of(Duration.ofNanos(700_000 + number * 100_000L));
    TreeMap<NodeId, ServerHealth> servers = new TreeMap<>();
    Verdict second = number == 2 ? Verdict.DOWN : Verdict.UP;
    servers.put(one, server(Verdict.UP, trips));
    servers.put(two, server(second, trips));
    TreeMap<LinkName, LinkHealth> links = new TreeMap<>();
    links.put(new LinkName(one, two), new LinkHealth(trips, 12, 9, 9, 0, 12_000, 0, 0, 60_000));
    links.put(new LinkName(two, one), new LinkHealth(trips, 12, 9, 9, 0, 0, 0, 0, 60_000));
    return new HealthBucket(
        Resolution.MINUTE, FROM.plus(Duration.ofMinutes(number)), 60_000, servers, links);
  }

  private static ServerHealth server(Verdict verdict, Spread trips) {
    return new ServerHealth(
        VerdictTimes.of(verdict, 60_000),
        12,
        0,
        0,
        0,
        trips,
        Spread.NONE,
        Mean.NONE,
        Mean.NONE,
        Long.MAX_VALUE,
        0);
  }
}
