package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The staff's console as a browser without scripts uses it. */
final class ConsolePagesTest {
  private static final String PROPOSAL = "/approvals/p-0123456789abcdef";

  private static LocalSite site;

  @BeforeAll
  static void open(@TempDir Path dir) {
    site = new LocalSite(dir, Map.of("signin.tries-per-id", "1000"));
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @AfterEach
  void heal() {
    site.office().away(false);
  }

  @Test
  void everyPageIsShownToAnOfficer() {
    assertThat(get("/keys").text())
        .contains("k-red", "e3", "97 d", "worker-6 does not confirm", "A rotation is under way")
        .contains("href=\"/keys/cut?link=worker-1,worker-2\"");
    assertThat(get("/approvals").text())
        .contains("Rotate the pair keys of 8 links in 3 waves.", "officer2", "I have read it");
    assertThat(get("/vault").text())
        .contains("right is open on one main only", "2 of 3 pieces", "not reached", "elp1-");
    assertThat(get("/people").text())
        .contains("Second Officer", "disabled", "Propose a new member");
    assertThat(get("/audit").text()).contains("KEYS_CUT", "stolen disk", "Older records");
    assertThat(get("/parts/pending").text()).contains("<b class=\"count\">1</b>");
    assertThat(get("/parts/keys").text()).contains("<svg").doesNotContain("<html");
  }

  @Test
  void aTroubleIsMutedWithReasonAndTimeAndShownGreyed() {
    site.office()
        .answers(
            "GET /troubles",
            200,
            """
            {"items":[{"code":"SERVER_SLOW","subject":"worker-7","severity":"WARNING",
             "since":"2026-11-21T12:00:00Z","what":"worker-7 is slow.","impact":"None.",
             "next":"Look at its disk.","mute":null},
             {"code":"SERVER_DOWN","subject":"worker-2","severity":"CRITICAL",
             "since":"2026-11-21T12:00:00Z","what":"worker-2 is down.","impact":"None.",
             "next":"Start it.","mute":{"id":"m-1","subject":"worker-2","by":"ops",
             "reason":"moved house","until":"2026-11-21T14:00:00Z","severity":"CRITICAL"}}]}
            """);
    site.office()
        .answers(
            "GET /mutes",
            200,
            """
            {"items":[{"id":"m-1","subject":"worker-2","code":null,"by":"ops",
             "reason":"moved house","until":"2026-11-21T14:00:00Z","severity":"CRITICAL"}]}
            """);
    site.office().answers("POST /mutes", 201, "{\"id\":\"m-2\"}");
    site.office().answers("DELETE /mutes/m-1", 204, "{}");

    assertThat(get("/troubles").text())
        .contains("worker-7 is slow.", "name=\"code\" value=\"SERVER_SLOW\"")
        .contains("<tr class=\"gone\">", "muted by ops until 2026-11-21T14:00:00Z: moved house")
        .contains("/troubles/mutes/m-1/end");
    assertThat(get("/").text()).contains("<tr class=\" gone\">", "muted by ops until");
    Reply muted =
        post(
            LocalSite.OFFICER,
            "/troubles/mute",
            "subject=worker-7&code=SERVER_SLOW&reason=disk&hours=3");
    assertThat(muted.header("location")).isEqualTo("/troubles");
    assertThat(post(LocalSite.OFFICER, "/troubles/mutes/m-1/end", "").status()).isEqualTo(303);

    assertThat(site.office().asked())
        .anyMatch(
            call ->
                call.startsWith("POST /mutes")
                    && call.contains("\"seconds\":10800")
                    && call.contains("SERVER_SLOW"))
        .anyMatch(call -> call.startsWith("DELETE /mutes/m-1"));
  }

  @Test
  void whoMayOnlyLookSeesNoButtons() {
    String page = as(LocalSite.AUDITOR, "GET", "/keys", "").text();

    assertThat(page).contains("k-red").doesNotContain("/keys/cut", "Show the plan");
    assertThat(as(LocalSite.AUDITOR, "GET", "/vault", "").text()).doesNotContain("Seal it now");
  }

  @Test
  void aStrangerIsSentToTheSignInAndBack() {
    Reply sent = site.send("GET", site.staffUrl() + "/vault", Map.of(), new byte[0]);
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("location")).isEqualTo("/sign-in?next=%2Fvault");

    Reply in = post("", "/sign-in", "name=ada&password=correct+horse+battery&next=/vault");

    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("location")).isEqualTo("/vault");
    assertThat(in.header("set-cookie"))
        .contains("elottery-staff=session-of-ada", "HttpOnly", "SameSite=Strict");
    Reply wrong = post("", "/sign-in", "name=ada&password=guess&next=//evil.example");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).contains("The name or the password is wrong.").doesNotContain("evil");
  }

  @Test
  void formsOfOtherSitesAreRefused() {
    Map<String, String> foreign = headers(LocalSite.OFFICER);
    foreign.put("Origin", "https://evil.example");
    assertThat(send("POST", "/vault/seal", foreign, "").status()).isEqualTo(403);

    Map<String, String> nobody = headers(LocalSite.OFFICER);
    assertThat(send("POST", "/vault/seal", nobody, "").status()).isEqualTo(403);

    Map<String, String> sibling = headers(LocalSite.OFFICER);
    sibling.put("Origin", site.staffUrl());
    sibling.put("Sec-Fetch-Site", "same-site");
    assertThat(send("POST", "/vault/seal", sibling, "").text()).contains("not from here");
    assertThat(site.office().asked()).noneMatch(call -> call.startsWith("POST /vault/seal"));
  }

  @Test
  void aRotationIsPlannedProposedAndApproved() {
    String plan = get("/keys/plan?scope=worker&value=worker-1").text();
    assertThat(plan).contains("all links of worker-1", "Wave 2", "worker-6 is not connected");

    Reply proposed = post(LocalSite.OFFICER, "/keys/rotate", "scope=worker&value=worker-1");
    assertThat(proposed.header("location")).isEqualTo(PROPOSAL);

    String hash = site.office().answer("GET " + PROPOSAL).path("hash").asText();
    assertThat(get(PROPOSAL).text()).contains("name=\"hash\" value=\"" + hash + "\"");
    Reply approved = post(LocalSite.OFFICER, PROPOSAL + "/approve", "hash=" + hash);

    assertThat(approved.status()).isEqualTo(303);
    assertThat(site.office().asked())
        .anyMatch(call -> call.startsWith("POST " + PROPOSAL + "/approve") && call.contains(hash));
  }

  @Test
  void aCutAsksFirstAndNamesEachEnd() {
    assertThat(get("/keys/cut?link=worker-5,worker-6").text())
        .contains("Cut worker-5,worker-6?", "Cut it now");

    String done =
        post(LocalSite.OFFICER, "/keys/cut", "link=worker-5,worker-6&worker=&reason=stolen").text();

    assertThat(done).contains("UNREACHABLE", "CLOSED", "elottery keys confirm cut-7");
  }

  @Test
  void aSecondOfficerConfirmsACutOfAnother() {
    assertThat(get("/keys").text()).contains("disk sold with its keys", "Confirm the cut");

    assertThat(post(LocalSite.OFFICER, "/keys/cut/cut-6/confirm", "").status()).isEqualTo(303);
    assertThat(site.office().asked())
        .anyMatch(call -> call.startsWith("POST /keys/cut/cut-6/confirm"));
  }

  @Test
  void theStandingApprovalIsShownAndTakenBack() {
    assertThat(get("/keys/standing").text()).contains("every 30 days", "98 left today");

    assertThat(post(LocalSite.OFFICER, "/keys/standing/revoke", "").status()).isEqualTo(303);
    assertThat(post(LocalSite.OFFICER, "/keys/standing", "everyDays=x").status()).isEqualTo(422);
  }

  @Test
  void whatMainRefusesIsSaidOnThePage() {
    site.office()
        .answers(
            "POST /vault/unseal",
            409,
            "{\"title\":\"Refused\",\"detail\":\"This piece was given already.\"}");

    Reply refused = post(LocalSite.OFFICER, "/vault/unseal", "piece=elp1-left-g1-1");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text())
        .contains("This piece was given already.")
        .doesNotContain("elp1-left");
  }

  @Test
  void anInvitationIsShownToItsProposerOnItsPageOnly() {
    assertThat(get("/approvals/p-fedcba9876543210").text()).contains("inv-7Kq2.3f9a7c1e");
    assertThat(get("/approvals").text()).doesNotContain("inv-7Kq2");
  }

  @Test
  void theAuditIsFiltered() {
    assertThat(get("/audit?filter=keys_cut").text())
        .contains("stolen disk")
        .doesNotContain("wrong password");
    // How an export is put together is the command's test.
    assertThat(get("/audit/export").text()).contains("There is no such call.");
  }

  @Test
  void withEveryMainAwayTheConsoleSaysSoAndKeepsWhoIsKnown() {
    get("/keys");
    site.office().away(true);

    Reply away = get("/keys");

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.text()).contains("No main answers").doesNotContain("Sign in first");
  }

  private static Reply get(String path) {
    return as(LocalSite.OFFICER, "GET", path, "");
  }

  private static Reply post(String token, String path, String form) {
    Map<String, String> headers = headers(token);
    headers.put("Origin", site.staffUrl());
    return send("POST", path, headers, form);
  }

  private static Reply as(String token, String method, String path, String form) {
    return send(method, path, headers(token), form);
  }

  private static Reply send(String method, String path, Map<String, String> headers, String form) {
    return site.send(
        method, site.staffUrl() + path, headers, form.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(String token) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Cookie", "elottery-staff=" + token);
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    return headers;
  }
}
