package io.elottery.web.local;

import java.io.IOException;
import java.nio.file.Files;
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
    site.draw("powerball", Duration.ofHours(2));
    site.draw("lotto649", Duration.ofMinutes(3));
    System.out.println(site.url() + " staff " + site.staffUrl());
    new CountDownLatch(1).await();
  }
}
