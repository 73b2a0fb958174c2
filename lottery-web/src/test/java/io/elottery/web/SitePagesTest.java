package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.web.local.LocalLottery.Spoil;
import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The website as a browser without scripts uses it. */
final class SitePagesTest {
  private static final Pattern COOKIE = Pattern.compile("(elottery-[a-z]+)=([^;]*);");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([A-Za-z0-9-]+)\" value=\"([^\"]*)\">");

  private static LocalSite site;
  private static String draw;

  private final Map<String, String> cookies = new TreeMap<>();

  @BeforeAll
  static void open(@TempDir Path dir) throws IOException {
    site = new LocalSite(dir);
    draw = site.draw("powerball", Duration.ofHours(1));
    Reply imported =
        site.send(
            "POST",
            site.staffUrl() + "/api/v1/games/powerball/results",
            Map.of("Authorization", "Bearer " + LocalSite.OPERATIONS, "Content-Type", "text/csv"),
            Files.readAllBytes(Path.of("..", "deploy", "data", "powerball-results.csv")));
    assertThat(imported.status()).as(imported.text()).isEqualTo(200);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @AfterEach
  void heal() {
    site.lottery().spoil(Spoil.NOTHING);
  }

  @Test
  void everyPublicPageIsShown() {
    assertThat(get("/").text()).contains("Open draws", draw.substring(10), "data-countdown");
    assertThat(get("/results").text()).contains("Powerball", "class=\"ball bonus", "Older results");
    assertThat(get("/results/lotto649").text()).contains("No past results have been imported");
    assertThat(get("/games/powerball").text()).contains("1 in 292,201,338.00", "1 in 24.87");
    assertThat(get("/verify").text()).contains("elottery verify");
    assertThat(get("/draws/" + draw).text())
        .contains("AUDITOR", "Sign in to buy", "/draws/" + draw + "/history");
    assertThat(get("/draws/" + draw + "/history").text())
        .contains("OPENED", "tickets at most", "COMMITTED", "committed to its secret");
    assertThat(get("/assets/site.css").header("content-type")).startsWith("text/css");
    assertThat(get("/assets/htmx.js").text()).contains("htmx");
    assertThat(get("/sign-up").status()).isEqualTo(200);
  }

  @Test
  void resultsArePaged() {
    Matcher older = Pattern.compile("href=\"(/results/powerball\\?cursor=[^\"]+)\"").matcher("");
    String path = "/results/powerball";
    for (int page = 0; page < 3; page++) {
      older.reset(get(path).text());
      assertThat(older.find()).isTrue();
      path = older.group(1).replace("&amp;", "&");
    }
  }

  @Test
  void whatIsNotThereIsSaidInWords() {
    Reply nothing = get("/nothing");
    assertThat(nothing.status()).isEqualTo(404);
    assertThat(nothing.text()).contains("There is nothing here", "To the open draws");
    assertThat(get("/draws/powerball/TORE010130").status()).isEqualTo(404);
    assertThat(get("/games/nothing").status()).isEqualTo(404);
  }

  @Test
  void withTheNetworkAwayPagesSaySo() {
    site.lottery().spoil(Spoil.AWAY);

    Reply away = get("/draws/" + draw);

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.text()).contains("cannot be reached just now", "Try again");
    assertThat(away.header("retry-after")).isNotEmpty();
  }

  @Test
  void aPlayerJoinsBuysAndSeesTheReceiptWithoutScripts() {
    join("Barbara");
    assertThat(get("/").text()).contains("$10,000.00", "Barbara");

    Reply bought =
        post(
            "/draws/" + draw + "/tickets",
            get("/draws/" + draw).text(),
            "lines=1&l0-main=5&l0-main=1&l0-main=2&l0-main=3&l0-main=4&l0-bonus=9");

    assertThat(bought.status()).isEqualTo(303);
    String receipt = get(bought.header("location")).text();
    assertThat(receipt).contains("Sealed", "Download the receipt", "signature");
    assertThat(get("/tickets").text()).contains("Sealed, waiting for the draw", "$2.00");
    assertThat(get("/").text()).contains("$9,998.00");
  }

  @Test
  void aPlayerReadsWhatHappenedToTheAccount() {
    join("Noether");
    Reply bought = post("/draws/" + draw + "/tickets", get("/draws/" + draw).text(), "quickPick=2");
    String ticket = bought.header("location").replaceAll("\\?.*", "");
    for (int i = 0; i < 50; i++) {
      site.buy(draw, cookies.get("elottery-session"), "another-" + i, "{\"quickPick\":1}");
    }

    assertThat(get("/tickets").text()).contains("href=\"/history\"");
    String page = get("/history").text();
    assertThat(page).contains("Account history", "Bought a ticket", "−$2.00", "$9,896.00");
    assertThat(page).contains("/history.csv").doesNotContain("Signed up", "Newest entries");
    Matcher older = Pattern.compile("href=\"(/history\\?cursor=[^\"]+)\"").matcher(page);
    assertThat(older.find()).isTrue();
    assertThat(get(older.group(1)).text())
        .contains("href=\"" + ticket + "\"", "−$4.00", "Signed in", "Signed up")
        .contains("+$10,000.00", "<time datetime=", "Newest entries")
        .doesNotContain("Older entries");
    assertThat(get("/history.csv").text().lines()).hasSize(1 + 53);
    assertThat(get("/history?cursor=nonsense").text()).contains("There is nothing here");
  }

  @Test
  void wrongNumbersAreRefusedWithThePicksKept() {
    join("Frances");

    Reply refused =
        post(
            "/draws/" + draw + "/tickets",
            get("/draws/" + draw).text(),
            "lines=1&l0-main=5&l0-main=1&l0-bonus=9");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("Refused: The numbers do not fit the game")
        .containsPattern("name=\"l0-main\" value=\"5\" checked");
  }

  @Test
  void anUnknownOutcomeCanBeAskedAgainWithTheSameKey() {
    join("Hedy");
    String page = get("/draws/" + draw).text();
    site.lottery().spoil(Spoil.ANSWERS_LOST);

    Reply pending = post("/draws/" + draw + "/tickets", page, "quickPick=1");
    site.lottery().spoil(Spoil.NOTHING);
    Reply again = post("/draws/" + draw + "/tickets", pending.text(), "");

    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.text()).contains("Ask again");
    assertThat(again.status()).isEqualTo(303);
    assertThat(get("/").text()).contains("$9,998.00");
  }

  @Test
  void aFormFromElsewhereIsRefused() {
    join("Joan");
    String page = get("/draws/" + draw).text();

    Reply forged =
        post("/draws/" + draw + "/tickets", page.replaceAll("value=\"[^\"]*\"", "value=\"x\""), "");
    Reply signedOut = postRaw("/sign-out", "csrf=wrong", Map.of());

    assertThat(forged.status()).isEqualTo(403);
    assertThat(signedOut.status()).isEqualTo(403);
    assertThat(get("/").text()).contains("Joan");
  }

  @Test
  void anotherBranchsDrawCanBeBoughtAndSaysHow() {
    join("MTL", "Maryam");

    assertThat(get("/draws/" + draw).text())
        .contains("Your own branch sets the stake aside first")
        .contains("Buy quick pick");
  }

  @Test
  void cookiesAreForThisSiteOnly() {
    join("Annie");

    Reply signedIn = postRaw("/sign-in", "", Map.of());
    assertThat(signedIn.status()).isIn(403, 415);
    assertThat(lastCookies).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure");
  }

  @Test
  void whoIsNotSignedInIsSentToSignInAndBack() {
    Reply tickets = get("/tickets");

    assertThat(tickets.status()).isEqualTo(303);
    assertThat(tickets.header("location")).isEqualTo("/sign-in?next=%2Ftickets");
    assertThat(get("/history").header("location")).isEqualTo("/sign-in?next=%2Fhistory");
    assertThat(get("/sign-in?next=//evil.example").text()).contains("name=\"next\" value=\"/\"");
  }

  @Test
  void aWrongSignInAndAShortPasswordAreToldInTheForm() {
    String page = get("/sign-in").text();
    Reply wrong = post("/sign-in", page, "branch=TOR&name=Nobody&password=wrong-password");
    Reply tooShort = post("/sign-up", page, "branch=TOR&name=Nobody&password=short");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).contains("Name or password is wrong").doesNotContain("wrong-password");
    assertThat(tooShort.status()).isEqualTo(422);
    assertThat(tooShort.text()).contains("at least 8 characters");
  }

  private String lastCookies = "";

  private void join(String name) {
    join("TOR", name);
  }

  private void join(String branch, String name) {
    Reply joined =
        post(
            "/sign-up",
            get("/sign-up").text(),
            "branch=" + branch + "&name=" + name + "&password=correct+horse&next=/");
    assertThat(joined.status()).as(joined.text()).isEqualTo(303);
  }

  private Reply get(String path) {
    return keep(site.send("GET", site.url() + path, headers(), new byte[0]));
  }

  // Sends the page's hidden fields of its first form with the rest, as a browser would.
  private Reply post(String path, String page, String fields) {
    StringJoiner body = new StringJoiner("&");
    int from = Math.max(0, page.indexOf("action=\"" + path));
    String form = page.substring(from, Math.max(from, page.indexOf("</form>", from)));
    Matcher hidden = HIDDEN.matcher(form);
    while (hidden.find()) {
      if (!fields.contains(hidden.group(1) + "=")) {
        body.add(
            hidden.group(1) + "=" + URLEncoder.encode(hidden.group(2), StandardCharsets.UTF_8));
      }
    }
    if (!fields.isEmpty()) {
      body.add(fields);
    }
    return postRaw(path, body.toString(), Map.of());
  }

  private Reply postRaw(String path, String body, Map<String, String> more) {
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.putAll(more);
    return keep(
        site.send("POST", site.url() + path, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    StringJoiner all = new StringJoiner("; ");
    cookies.forEach((name, value) -> all.add(name + "=" + value));
    if (!cookies.isEmpty()) {
      headers.put("Cookie", all.toString());
    }
    return headers;
  }

  private Reply keep(Reply reply) {
    if (!reply.header("set-cookie").isEmpty()) {
      lastCookies = reply.header("set-cookie");
    }
    Matcher cookie = COOKIE.matcher(reply.header("set-cookie"));
    while (cookie.find()) {
      cookies.put(cookie.group(1), cookie.group(2));
    }
    return reply;
  }
}
