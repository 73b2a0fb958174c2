package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The staff port over real HTTP. */
final class StaffPortTest {
  private static final String HEAD = "date,white_balls,red_ball,power_play\n";

  private static LocalSite site;

  @BeforeAll
  static void open(@TempDir Path dir) {
    site = new LocalSite(dir);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void theNetworkIsShownToTheStaffOnly() {
    assertThat(get("/api/v1/network", "").status()).isEqualTo(401);
    assertThat(get("/api/v1/network", "guess").status()).isEqualTo(401);
    assertThat(get("/api/v1/network", LocalSite.AUDITOR).json().path("workers")).hasSize(6);
    assertThat(site.get("/api/v1/network", LocalSite.OPERATIONS).status()).isEqualTo(404);
  }

  @Test
  void whoMayOnlyLookChangesNothing() {
    assertThat(importing(LocalSite.AUDITOR, HEAD).status()).isEqualTo(403);
    Reply operator =
        site.json(
            "POST",
            site.staffUrl() + "/api/v1/operators",
            LocalSite.AUDITOR,
            LocalSite.body("TOR", "Eve"));
    assertThat(operator.status()).isEqualTo(403);
  }

  @Test
  void realResultsAreImportedOnce() throws IOException {
    String csv = Files.readString(Path.of("..", "deploy", "data", "powerball-results.csv"));

    Reply first = importing(LocalSite.OPERATIONS, csv);
    Reply second = importing(LocalSite.OPERATIONS, csv);

    assertThat(first.json().path("imported").asInt()).as(first.text()).isEqualTo(1390);
    assertThat(second.json().path("unchanged").asInt()).isEqualTo(1390);
    Reply page = site.get("/api/v1/games/powerball/results?from=2015-10-07&to=2015-10-10", "");
    assertThat(page.json().path("items")).hasSize(2);
  }

  @Test
  void aBadLineIsNamedAndNothingIsImported() {
    Reply refused =
        importing(
            LocalSite.OPERATIONS, HEAD + "01/01/1999,1|2|3|4|5,6,2X\n01/02/1999,1|2|3|4|70,6,2X\n");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asText()).contains("line 3", "70");
    assertThat(site.get("/api/v1/games/powerball/results?to=1999-12-31", "").json().path("items"))
        .isEmpty();
  }

  @Test
  void importsOfUnknownGamesAndOtherTypesAreRefused() {
    assertThat(
            site.send(
                    "POST",
                    site.staffUrl() + "/api/v1/games/chess/results",
                    csvHeaders(LocalSite.OPERATIONS),
                    new byte[0])
                .status())
        .isEqualTo(404);
    assertThat(
            site.json(
                    "POST",
                    site.staffUrl() + "/api/v1/games/powerball/results",
                    LocalSite.OPERATIONS,
                    "{}")
                .status())
        .isEqualTo(415);
  }

  @Test
  void aGameIsDefinedByItsFile() throws IOException {
    String yaml =
        Files.readString(Path.of("..", "deploy", "games", "lotto649.yaml"))
            .replace("name: lotto649", "name: lotto650");

    Reply defined = define("lotto650", yaml);
    Reply broken = define("lotto650", yaml.replace("price:", "prize:"));

    assertThat(defined.json().path("version").asInt()).as(defined.text()).isEqualTo(1);
    assertThat(broken.status()).isEqualTo(422);
    assertThat(site.get("/api/v1/games/lotto650", "").status()).isEqualTo(200);
  }

  @Test
  void aCallThatNoMainLeadsYetIsToBeAskedAgain() {
    String body = "{\"status\":503,\"code\":\"%s\",\"title\":\"Not now\",\"detail\":\"Later.\"}";
    site.office().answers("POST /vault/passing", 503, body.formatted("NO_LEADER"));
    site.office().answers("POST /vault/unclear", 503, body.formatted("UNAVAILABLE"));
    site.office().answers("GET /keys/unclear", 503, body.formatted("UNAVAILABLE"));

    assertThat(retryAfter("POST", "/api/v1/vault/passing")).isEqualTo("1");
    assertThat(retryAfter("POST", "/api/v1/vault/unclear")).as("may have been done").isEmpty();
    assertThat(retryAfter("GET", "/api/v1/keys/unclear")).isEqualTo("1");
  }

  private String retryAfter(String method, String path) {
    Reply reply = site.json(method, site.staffUrl() + path, LocalSite.OPERATIONS, "{}");
    assertThat(reply.status()).isEqualTo(503);
    return reply.headers().getOrDefault("retry-after", "");
  }

  @Test
  void moneyIsConserved() {
    site.player("TOR", "Rich");

    Reply accounts = get("/api/v1/accounts", LocalSite.OPERATIONS);

    assertThat(
            accounts
                .json()
                .path("branches")
                .path(2)
                .path("balances")
                .path(0)
                .path("conserved")
                .asBoolean())
        .as(accounts.text())
        .isTrue();
  }

  @Test
  void whatActorsTakeIsShown() {
    site.player("TOR", "Large");

    Reply actors = get("/api/v1/actors?branch=TOR&limit=2", LocalSite.OPERATIONS);

    assertThat(actors.json().path("branches")).hasSize(1);
    assertThat(actors.json().at("/branches/0/players/actors").asInt())
        .as(actors.text())
        .isPositive();
    assertThat(actors.json().at("/branches/0/largest")).hasSizeBetween(1, 2);
    assertThat(actors.json().at("/branches/0/largest/0/bytes").asInt()).isGreaterThan(100);
    assertThat(actors.text()).doesNotContain("Large");
    assertThat(get("/api/v1/actors?limit=many", LocalSite.OPERATIONS).text())
        .contains("limit: expected 1");
    assertThat(get("/api/v1/actors", "").status()).isEqualTo(401);
  }

  @Test
  void thePageNeedsASignInAndDrawsTheNetwork() {
    assertThat(get("/", "").text()).contains("Staff token").doesNotContain("class=\"picture\"");
    Reply signedIn =
        site.send(
            "POST",
            site.staffUrl() + "/sign-in",
            Map.of("Content-Type", "application/x-www-form-urlencoded", "Origin", site.staffUrl()),
            ("token=" + LocalSite.AUDITOR).getBytes(StandardCharsets.UTF_8));
    assertThat(signedIn.status()).isEqualTo(303);
    assertThat(signedIn.header("set-cookie")).contains("HttpOnly", "SameSite=Strict");

    Reply page =
        site.send(
            "GET",
            site.staffUrl() + "/",
            Map.of("Cookie", "elottery-staff=" + LocalSite.AUDITOR),
            new byte[0]);

    assertThat(page.text()).contains("class=\"picture\"", "worker-2 DOWN", "v-suspect", "main-1");
  }

  @Test
  void whatIsMainsIsHandedOnWordForWord() {
    assertThat(get("/api/v1/keys", "").status()).isEqualTo(401);
    assertThat(get("/api/v1/keys?state=RED", LocalSite.AUDITOR).json().path("items")).hasSize(8);
    Reply cut =
        site.json(
            "POST",
            site.staffUrl() + "/api/v1/keys/cut",
            LocalSite.OFFICER,
            "{\"link\":\"worker-5,worker-6\",\"reason\":\"lost\"}");

    assertThat(cut.json().path("id").asText()).isEqualTo("cut-7");
    assertThat(site.office().asked())
        .contains("GET /keys {\"state\":\"RED\"} {}")
        .contains("POST /keys/cut {} {\"link\":\"worker-5,worker-6\",\"reason\":\"lost\"}");
    Reply refused = get("/api/v1/keys/cut/..%2Fstaff", LocalSite.OFFICER);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(get("/api/v1/vault/nothing", LocalSite.OFFICER).json().path("code").asText())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void aSignInNeedsNoToken() {
    Reply in =
        site.json(
            "POST",
            site.staffUrl() + "/api/v1/staff/sessions",
            "",
            "{\"name\":\"grace\",\"password\":\"correct horse battery\"}");
    assertThat(in.status()).isEqualTo(201);
    assertThat(get("/api/v1/network", in.json().path("token").asText()).status()).isEqualTo(200);
  }

  private static Reply get(String path, String token) {
    Map<String, String> headers =
        token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
    return site.send("GET", site.staffUrl() + path, headers, new byte[0]);
  }

  private static Reply importing(String token, String csv) {
    return site.send(
        "POST",
        site.staffUrl() + "/api/v1/games/powerball/results",
        csvHeaders(token),
        csv.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply define(String game, String yaml) {
    return site.send(
        "PUT",
        site.staffUrl() + "/api/v1/games/" + game,
        Map.of(
            "Authorization", "Bearer " + LocalSite.OPERATIONS, "Content-Type", "application/yaml"),
        yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> csvHeaders(String token) {
    return Map.of("Authorization", "Bearer " + token, "Content-Type", "text/csv");
  }
}
