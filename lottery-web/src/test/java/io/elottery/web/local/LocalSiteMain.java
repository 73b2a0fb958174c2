package io.elottery.web.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Serves the site before a lottery in this process, to look at pages while they are made. */
final class LocalSiteMain {
  private LocalSiteMain() {}

  public static void main(String... args) throws IOException, InterruptedException {
    LocalSite site =
        new LocalSite(
            Files.createTempDirectory("site"),
            Map.of("http.listen", "127.0.0.1:" + (args.length > 0 ? args[0] : "0")));
    Path results = Path.of("..", "deploy", "data", "powerball-results.csv");
    site.send(
        "POST",
        site.staffUrl() + "/api/v1/games/powerball/results",
        Map.of("Authorization", "Bearer " + LocalSite.OPERATIONS, "Content-Type", "text/csv"),
        Files.readAllBytes(results));
    String player = site.player("TOR", "Ada");
    String drawn = site.draw("powerball", Duration.ofHours(2));
    for (int i = 0; i < 20; i++) {
      site.buy(drawn, player, "key-" + i, "{\"quickPick\":20}");
    }
    site.json(
        "POST", site.staffUrl() + "/api/v1/draws/" + drawn + "/close", LocalSite.OPERATIONS, "{}");
    String open = site.draw("powerball", Duration.ofHours(30));
    site.buy(open, player, "key", "{\"quickPick\":2}");
    site.draw("lotto649", Duration.ofMinutes(3));
    System.out.println(site.url() + " staff " + site.staffUrl());
    new CountDownLatch(1).await();
  }
}
