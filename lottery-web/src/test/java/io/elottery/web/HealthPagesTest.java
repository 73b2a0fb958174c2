package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong and what happened, on the staff port: pages, calls and the stream. */
final class HealthPagesTest {
  private static final String DOWN =
      "{\"key\":\"SERVER_DOWN:worker-2\",\"code\":\"SERVER_DOWN\",\"subject\":\"worker-2\","
          + "\"severity\":\"CRITICAL\",\"since\":\"2026-11-21T08:00:00Z\","
          + "\"what\":\"worker-2 is down.\",\"impact\":\"All go on.\",\"cause\":null,"
          + "\"evidence\":[\"LEFT last heard it\"],\"done\":\"\",\"next\":\"Start it again.\"}";
  private static final String EXPLAINED =
      "{\"subject\":\"powerball/TORM211126\",\"code\":\"DRAW_STOPPED\",\"severity\":\"CRITICAL\","
          + "\"what\":\"It stands still.\",\"since\":\"2026-11-21T08:00:00Z\","
          + "\"impact\":\"Players cannot buy.\",\"cause\":[\"SHARD_NO_MAJORITY\"],"
          + "\"evidence\":[\"worker-1 DOWN\"],\"done\":\"writers moved\",\"next\":\"Bring it back.\","
          + "\"events\":["
          + event(300_000_007)
          + "],\"draw\":{\"state\":\"OPEN\",\"sells\":false,\"canBeDrawn\":false,\"shard\":3,"
          + "\"writer\":null}}";

  private static LocalSite site;

  @BeforeAll
  static void open(@TempDir Path dir) {
    site = new LocalSite(dir);
    site.office().answers("GET /troubles", 200, "{\"items\":[" + DOWN + "],\"next\":null}");
    events(300_000_001, 300_000_002);
    site.office().answers("GET /servers/worker-2/explain", 200, EXPLAINED);
    site.office().answers("GET /links/worker-1,worker-2/explain", 200, EXPLAINED);
    site.office().answers("GET /draws/powerball/TORM211126/explain", 200, EXPLAINED);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void theStartPageTellsWhatIsWrongFirstAndLeadsToTheExplanation() {
    String page = page("/").text();

    assertThat(page)
        .contains("SERVER_DOWN", "worker-2 is down.", "All go on.", "Start it again.")
        .contains("href=\"/explain/worker-2\"", "href=\"/explain/worker-1,worker-2\"");
    assertThat(page.indexOf("What is wrong")).isLessThan(page.indexOf("class=\"picture\""));
    assertThat(page("/parts/network").text()).contains("SERVER_DOWN").doesNotContain("<html");
  }

  @Test
  void everyKindOfThingHasItsPage() {
    for (String path :
        new String[] {
          "/explain/worker-2", "/explain/worker-1,worker-2", "/explain/powerball/TORM211126"
        }) {
      assertThat(page(path).text())
          .contains("DRAW_STOPPED", "Players cannot buy.", "SHARD_NO_MAJORITY", "worker-1 DOWN")
          .contains("writers moved", "Bring it back.", "does not sell", "300000007");
    }
    assertThat(page("/explain/worker-9").status()).isEqualTo(404);
    assertThat(page("/explain/%3Cscript%3E").status()).isEqualTo(404);
    assertThat(page("/explain?subject=worker-1,worker-2").header("location"))
        .isEqualTo("/explain/worker-1,worker-2");
  }

  @Test
  void theEventsAreListedNewestFirstAndGoOnAfterTheLast() {
    String page = page("/events?severity=warning").text();

    assertThat(page.indexOf("300000002")).isPositive().isLessThan(page.indexOf("300000001"));
    assertThat(page)
        .contains("data-stream=\"/events/stream?after=300000002&amp;severity=warning\"");
    assertThat(site.office().asked())
        .anyMatch(call -> call.startsWith("GET /events {\"limit\":\"100\",\"severity\":\"warn"));
  }

  @Test
  void theStreamHandsEachEventOnOnceAndGoesOn() throws IOException, InterruptedException {
    events(300_000_001, 300_000_002);
    try (InputStream body = stream("/api/v1/events?after=300000001", LocalSite.AUDITOR, "");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      assertThat(until(lines, "id: ")).isEqualTo("id: 300000002");
      assertThat(lines.readLine()).startsWith("data: {\"number\":300000002");

      events(300_000_002, 300_000_003);

      assertThat(until(lines, "id: ")).isEqualTo("id: 300000003");
    }
    try (InputStream body = stream("/api/v1/events", LocalSite.AUDITOR, "300000002");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      assertThat(until(lines, "id: ")).isEqualTo("id: 300000003");
    }
    events(300_000_001, 300_000_002);
  }

  @Test
  void whoIsNotSignedInFollowsNothing() {
    Map<String, String> headers =
        Map.of("Accept", "text/event-stream", "Authorization", "Bearer nobody");
    Reply reply = site.send("GET", site.staffUrl() + "/api/v1/events", headers, new byte[0]);

    assertThat(reply.status()).isEqualTo(401);
  }

  private static InputStream stream(String path, String token, String last)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.staffUrl() + path))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + token);
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()).body();
  }

  private static String until(BufferedReader lines, String start) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    return "the stream ended";
  }

  private static void events(long one, long other) {
    site.office()
        .answers(
            "GET /events",
            200,
            "{\"items\":[" + event(one) + "," + event(other) + "],\"next\":null}");
  }

  private static String event(long number) {
    return "{\"number\":"
        + number
        + ",\"at\":\"2026-11-21T08:00:00Z\",\"severity\":\"CRITICAL\",\"code\":\"SERVER_DOWN\","
        + "\"subject\":\"worker-2\",\"text\":\"worker-2 is down.\"}";
  }

  private static Reply page(String path) {
    return site.send(
        "GET",
        site.staffUrl() + path,
        Map.of("Cookie", "elottery-staff=" + LocalSite.AUDITOR),
        new byte[0]);
  }
}
