package io.elottery.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.ticket.SaleText;
import io.elottery.lottery.verify.BundleVerifier;
import io.elottery.lottery.verify.SoldInState;
import io.elottery.lottery.verify.Verdict;
import io.elottery.web.local.LocalLottery.Spoil;
import io.elottery.web.local.LocalSite;
import io.elottery.web.local.LocalSite.Reply;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API over real HTTP before the real state machine. */
final class ApiTest {
  private static final String LINE = "{\"lines\":[{\"main\":[1,2,3,4,5],\"bonus\":[6]}]}";

  private static LocalSite site;
  private static String token;
  private static String draw;
  private static int keys;

  @BeforeAll
  static void open(@TempDir Path dir) {
    site = new LocalSite(dir);
    token = site.player("TOR", "Ada");
    draw = site.draw("powerball", Duration.ofHours(1));
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
  void aPlayerSignsUpAndInAndOut() {
    Reply joined = site.post("/api/v1/players", "", LocalSite.body("MTL", "Grace"));
    assertThat(joined.status()).isEqualTo(201);
    assertThat(joined.json().path("id").asText()).isEqualTo("MTLC0001");

    Reply signedIn = site.post("/api/v1/sessions", "", LocalSite.body("MTL", "grace"));
    assertThat(signedIn.status()).isEqualTo(201);
    String session = signedIn.json().path("token").asText();

    JsonNode me = site.get("/api/v1/me", session).json();
    assertThat(me.path("name").asText()).isEqualTo("Grace");
    assertThat(me.path("balance").path("amount").asLong()).isEqualTo(1_000_000);

    assertThat(site.json("DELETE", site.url() + "/api/v1/sessions", session, "").status())
        .isEqualTo(204);
    assertThat(site.get("/api/v1/me", session).status()).isEqualTo(401);
  }

  @Test
  void aTakenNameIsRefusedWhateverItsCase() {
    Reply again = site.post("/api/v1/players", "", LocalSite.body("TOR", "ADA"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("code").asText()).isEqualTo("NAME_TAKEN");
    assertThat(again.json().path("field").asText()).isEqualTo("name");
  }

  @Test
  void aWrongPasswordAndAnUnknownPlayerAreToldAlike() {
    Reply wrong =
        site.post("/api/v1/sessions", "", "{\"id\":\"TORC0001\",\"password\":\"not this one\"}");
    Reply unknown =
        site.post("/api/v1/sessions", "", "{\"id\":\"TORC9999\",\"password\":\"not this one\"}");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.text()).isEqualTo(wrong.text());
  }

  @Test
  void headsOfAStoreWithoutCopiesAreNone() {
    Reply heads = site.get("/api/v1/heads/7", "");

    assertThat(heads.status()).isEqualTo(200);
    assertThat(heads.json().path("items")).isEmpty();
    assertThat(site.get("/api/v1/heads/x", "").status()).isEqualTo(422);
  }

  @Test
  void aTicketIsProvedUnderTheNextHeadAndToItsOwnerOnly() {
    JsonNode receipt = buy(nextKey(), LINE).json();
    String path = "/api/v1/tickets/" + receipt.path("ticket").asText() + "/inclusion";
    Reply early = site.get(path, token);
    byte[] state = site.lottery().tellHead();

    JsonNode proved = site.get(path, token).json();

    assertThat(code(early)).isEqualTo("NOT_YET");
    assertThat(early.header("retry-after")).isNotEmpty();
    assertThat(site.get(path, "").status()).isEqualTo(401);
    assertThat(site.get(path, site.player("TOR", "Niklaus")).status()).isEqualTo(404);
    JsonNode head = proved.path("items").path(0);
    JsonNode proof = proved.path("inclusion");
    assertThat(head.path("state").asText()).isEqualTo(BytesText.hex(state));
    assertThat(proof.path("position")).isEqualTo(head.path("position"));
    assertThat(proof.path("ticket")).isEqualTo(receipt.path("ticket"));
    List<byte[]> hashes = new ArrayList<>();
    proof.path("path").forEach(it -> hashes.add(BytesText.fromHex(it.asText()).orElseThrow()));
    assertThat(
            new SoldInState(
                    HexFormat.fromHexDigitsToLong(proof.path("figures").asText()),
                    new InclusionProof(
                        proof.path("index").asLong(), proof.path("size").asLong(), hashes))
                .isIn(
                    state,
                    SaleText.of(
                        TicketId.parse(receipt.path("ticket").asText()),
                        DrawRef.parse(draw.replace("/", ":")),
                        receipt.path("position").asLong(),
                        Instant.parse(receipt.path("soldAt").asText()).toEpochMilli(),
                        Octets.wrap(Base64.getDecoder().decode(receipt.path("salt").asText())),
                        new int[] {6, 1, 2, 3, 4, 5})))
        .isTrue();
  }

  @Test
  void guessingIsSlowedDown() {
    Reply last = new Reply(0, Map.of(), "");
    for (int i = 0; i < 11; i++) {
      last =
          site.post(
              "/api/v1/sessions", "", "{\"id\":\"OTWC0007\",\"password\":\"guess " + i + "\"}");
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(Integer.parseInt(last.header("retry-after"))).isPositive();
  }

  @Test
  void aTicketIsSealedWithASignedReceipt() {
    Reply bought = buy(nextKey(), LINE);

    assertThat(bought.status()).as(bought.text()).isEqualTo(201);
    JsonNode receipt = bought.json();
    assertThat(receipt.path("price").asLong()).isEqualTo(200);
    assertThat(receipt.path("lines").path(0).path("main")).hasSize(5);
    String unsigned = bought.text().replaceFirst(",\"signature\":\"[^\"]*\"", "");
    assertThat(
            PartySignature.holds(
                site.lottery().receiptKey(),
                ("elottery/receipt/v1\n" + unsigned).getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(receipt.path("signature").asText())))
        .isTrue();

    JsonNode shown = site.get("/api/v1/tickets/" + receipt.path("ticket").asText(), token).json();
    assertThat(shown.path("state").asText()).isEqualTo("SEALED");
    assertThat(shown.path("signature")).isEqualTo(receipt.path("signature"));
    assertThat(site.get("/api/v1/me/tickets", token).text())
        .contains(receipt.path("ticket").asText());
  }

  @Test
  void theSameKeyGivesTheSameReceiptAndBuysOnce() {
    long before = balance();
    String key = nextKey();

    Reply first = buy(key, "{\"quickPick\":2}");
    Reply second = buy(key, "{\"quickPick\":2}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(balance()).isEqualTo(before - 400);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    String key = nextKey();
    buy(key, LINE);

    Reply other = buy(key, "{\"quickPick\":1}");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asText()).isEqualTo("KEY_REUSED");
  }

  @Test
  void anUnknownOutcomeIsPendingUntilAskedAgain() {
    String key = nextKey();
    site.lottery().spoil(Spoil.ANSWERS_LOST);

    Reply pending = buy(key, LINE);

    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.json().path("state").asText()).isEqualTo("PENDING");
    site.lottery().spoil(Spoil.NOTHING);
    assertThat(site.get(pending.header("location"), token).json().path("state").asText())
        .isEqualTo("SEALED");
    Reply again = buy(key, LINE);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("ticket")).isEqualTo(pending.json().path("ticket"));
  }

  @Test
  void aLostPurchaseIsPendingWhileTheDrawIsOpenThenRefusedForGood() {
    String closing = site.draw("powerball", Duration.ofHours(1));
    site.lottery().spoil(Spoil.COMMANDS_LOST);
    Reply pending = site.buy(closing, token, nextKey(), LINE);
    site.lottery().spoil(Spoil.NOTHING);
    assertThat(site.get(pending.header("location"), token).json().path("state").asText())
        .isEqualTo("PENDING");

    site.json("POST", site.staffUrl() + "/api/v1/draws/" + closing + "/close", ops(), "{}");

    assertThat(site.get(pending.header("location"), token).json().path("state").asText())
        .isEqualTo("REFUSED");
  }

  @Test
  void withTheNetworkAwayNothingIsDoneAndSaidSo() {
    site.lottery().spoil(Spoil.AWAY);
    Reply away = buy(nextKey(), LINE);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("retry-after")).isNotEmpty();
    assertThat(site.get("/api/v1/draws", "").status()).isEqualTo(503);

    site.lottery().spoil(Spoil.BUSY);
    Reply busy = buy(nextKey(), LINE);
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.header("retry-after")).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"lines\":[{\"main\":[1,2,3,4,70],\"bonus\":[6]}]}|422|LINE_INVALID|lines[0].main",
        "{\"lines\":[{\"main\":[1,2,3,4,0],\"bonus\":[6]}]}|422|LINE_INVALID|lines[0].main",
        "{\"lines\":[{\"main\":[1,2,3,4,4],\"bonus\":[6]}]}|422|LINE_INVALID|lines[0].main",
        "{\"lines\":[{\"main\":[1,2,3,4],\"bonus\":[6]}]}|422|LINE_INVALID|lines[0].main",
        "{\"lines\":[{\"main\":[1,2,3,4,5]}]}|422|LINE_INVALID|lines[0].bonus",
        "{\"lines\":[{\"main\":[1,2,3,4,5],\"bonus\":[6],\"x\":[1]}]}|422|LINE_INVALID|lines[0].x",
        "{\"lines\":[{\"main\":[1,2,3,4,5.5],\"bonus\":[6]}]}|422|INVALID|lines[0].main",
        "{\"lines\":[{\"main\":\"1\",\"bonus\":[6]}]}|422|INVALID|lines[0].main",
        "{\"lines\":[7]}|422|INVALID|lines[0]",
        "{\"lines\":[]}|422|LINES_COUNT|lines",
        "{\"quickPick\":0}|422|INVALID|quickPick",
        "{\"quickPick\":21}|422|INVALID|quickPick",
        "{\"quickPick\":\"2\"}|422|INVALID|quickPick",
        "{}|422|INVALID|lines",
        "{\"lines\":[],\"quickPick\":1}|422|INVALID|lines",
        "{\"linse\":[]}|422|INVALID|linse",
        "{\"lines\":[{\"main\":[1,2,3|400|MALFORMED|",
        "not json|400|MALFORMED|",
        "[]|400|MALFORMED|",
      })
  void aWrongTicketIsRefusedAndNamed(String body, int status, String code, String field) {
    long before = balance();

    Reply refused = buy(nextKey(), body);

    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("code").asText()).isEqualTo(code);
    assertThat(refused.json().path("field").asText("")).isEqualTo(field == null ? "" : field);
    assertThat(refused.json().path("detail").asText()).isNotEmpty();
    assertThat(balance()).isEqualTo(before);
  }

  @Test
  void unknownClosedAndFullDrawsAreRefused() {
    assertThat(site.buy("powerball/TORE010130", token, nextKey(), LINE).status()).isEqualTo(404);
    assertThat(site.buy("powerball/nonsense", token, nextKey(), LINE).status()).isEqualTo(404);

    String small = site.draw("powerball", Duration.ofHours(1), 1);
    assertThat(site.buy(small, token, nextKey(), LINE).status()).isEqualTo(201);
    assertThat(code(site.buy(small, token, nextKey(), LINE))).isEqualTo("DRAW_FULL");

    site.json("POST", site.staffUrl() + "/api/v1/draws/" + small + "/close", ops(), "{}");
    Reply late = site.buy(small, token, nextKey(), LINE);
    assertThat(late.status()).isEqualTo(409);
    assertThat(code(late)).isEqualTo("DRAW_CLOSED");
  }

  @Test
  void aDrawOfAnotherBranchIsPlayedLikeOnesOwn() {
    String stranger = site.player("OTW", "Linus");
    String key = nextKey();

    Reply bought = site.buy(draw, stranger, key, LINE);

    assertThat(bought.status()).as(bought.text()).isEqualTo(201);
    Reply again = site.buy(draw, stranger, key, LINE);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(bought.text());
    assertThat(code(site.buy(draw, stranger, key, "{\"quickPick\":2}"))).isEqualTo("KEY_REUSED");
    String ticket = "/api/v1/tickets/" + bought.json().path("ticket").asText();
    assertThat(site.get(ticket, stranger).json().path("state").asText()).isEqualTo("SEALED");
    assertThat(site.get("/api/v1/me/tickets", stranger).json().path("items")).hasSize(1);

    Reply cancelled = site.json("DELETE", site.url() + ticket, stranger, "");

    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    assertThat(site.get(ticket, stranger).json().path("state").asText()).isEqualTo("CANCELLED");
    assertThat(site.get("/api/v1/me", stranger).json().path("balance").path("amount").asLong())
        .isEqualTo(1_000_000);
  }

  @Test
  void whileTheOtherBranchIsAwayAWagerIsPendingThenResolves() {
    String stranger = site.player("OTW", "Lise");
    String small = site.draw("powerball", Duration.ofHours(1), 1);
    site.lottery().spoil(Spoil.APART);

    Reply first = site.buy(small, stranger, nextKey(), LINE);
    Reply second = site.buy(small, stranger, nextKey(), LINE);

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(202);
    assertThat(site.get(first.header("location"), stranger).json().path("state").asText())
        .isEqualTo("PENDING");
    assertThat(site.get("/api/v1/me/tickets", stranger).json().path("pending")).hasSize(2);
    site.lottery().spoil(Spoil.NOTHING);
    Awaitility.await().until(() -> !state(first, stranger).equals("PENDING"));
    Awaitility.await().until(() -> !state(second, stranger).equals("PENDING"));
    assertThat(state(first, stranger)).isEqualTo("SEALED");
    Reply refused = site.get(second.header("location"), stranger);
    assertThat(refused.json().path("state").asText()).isEqualTo("REFUSED");
    assertThat(refused.json().path("why").asText()).contains("all 1 tickets are sold");
  }

  private static String state(Reply pending, String token) {
    return site.get(pending.header("location"), token).json().path("state").asText();
  }

  @Test
  void aPlayersHistoryIsReadInPagesAndAsAFile() {
    String player = site.player("TOR", "Emmy");
    String ticket = site.buy(draw, player, nextKey(), LINE).json().path("ticket").asText();
    site.json("DELETE", site.url() + "/api/v1/tickets/" + ticket, player, "");

    JsonNode page = site.get("/api/v1/me/history?limit=2", player).json();
    JsonNode rest =
        site.get("/api/v1/me/history?cursor=" + page.path("next").asText(), player).json();

    assertThat(kinds(page)).containsExactly("CANCELLED", "BOUGHT");
    assertThat(kinds(rest)).containsExactly("SIGNED_IN", "REGISTERED");
    assertThat(rest.path("next").isNull()).isTrue();
    JsonNode bought = page.path("items").path(1);
    assertThat(bought.path("ticket").asText()).isEqualTo(ticket);
    assertThat(bought.path("game").asText() + "/" + bought.path("draw").asText()).isEqualTo(draw);
    assertThat(bought.path("amount").asLong()).isEqualTo(-200);
    assertThat(bought.path("currency").asText()).isEqualTo("CAD");
    assertThat(bought.path("balance").asLong()).isEqualTo(999_800);
    assertThat(bought.path("position").asLong()).isPositive();
    assertThat(Instant.parse(bought.path("at").asText())).isBefore(Instant.now().plusSeconds(60));
    assertThat(rest.path("items").path(0).path("ticket").isNull()).isTrue();
    Reply file = site.get("/api/v1/me/history?format=csv", player);
    assertThat(file.header("content-type")).startsWith("text/csv");
    assertThat(file.header("content-disposition")).contains("history.csv");
    assertThat(file.text().lines())
        .hasSize(5)
        .startsWith("at,position,kind,ticket,game,draw,amount,currency,balance")
        .anyMatch(
            row -> row.contains(",BOUGHT," + ticket + ",powerball,") && row.contains(",-200,"));
    Map<String, String> accepts = Map.of("Authorization", "Bearer " + player, "Accept", "text/csv");
    assertThat(site.send("GET", site.url() + "/api/v1/me/history", accepts, new byte[0]).text())
        .isEqualTo(file.text());
  }

  @Test
  void aHistoryIsItsOwnersOnly() {
    site.buy(draw, token, nextKey(), LINE);
    String other = site.player("TOR", "Sofja");

    assertThat(site.get("/api/v1/me/history", "").status()).isEqualTo(401);
    assertThat(site.get("/api/v1/me/history", "TORC0001." + "x".repeat(43)).status())
        .isEqualTo(401);
    assertThat(kinds(site.get("/api/v1/me/history", other).json()))
        .containsExactly("SIGNED_IN", "REGISTERED");
    assertThat(site.get("/api/v1/me/history?format=pdf", other).status()).isEqualTo(422);
    assertThat(site.get("/api/v1/me/history?limit=0", other).status()).isEqualTo(422);
    assertThat(kinds(site.get("/api/v1/me/history?cursor=nonsense", other).json())).isEmpty();
  }

  @Test
  void whoAsksForAHistoryAgainAndAgainIsToldToWait() {
    String player = site.player("TOR", "Hypatia");
    String other = site.player("TOR", "Maria");

    List<Integer> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(site.get("/api/v1/me/history?format=csv", player).status());
    }
    assertThat(files).containsExactly(200, 200, 200, 429);
    assertThat(site.get("/api/v1/me/history?format=csv", other).status()).isEqualTo(200);
    Reply last = site.get("/api/v1/me/history", player);
    for (int i = 0; i < 200 && last.status() == 200; i++) {
      last = site.get("/api/v1/me/history", player);
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(Integer.parseInt(last.header("retry-after"))).isBetween(1, 2);
    assertThat(last.json().path("detail").asText()).contains("pages of your history");
  }

  private static List<String> kinds(JsonNode page) {
    List<String> kinds = new ArrayList<>();
    page.path("items").forEach(item -> kinds.add(item.path("kind").asText()));
    return kinds;
  }

  @Test
  void withoutSignInNothingIsBoughtOrSeen() {
    assertThat(site.buy(draw, "", nextKey(), LINE).status()).isEqualTo(401);
    assertThat(site.buy(draw, "TORC0001." + "x".repeat(43), nextKey(), LINE).status())
        .isEqualTo(401);
    assertThat(site.get("/api/v1/me", "").status()).isEqualTo(401);
    assertThat(site.get("/api/v1/me/tickets", "nonsense").status()).isEqualTo(401);
  }

  @Test
  void anotherPlayersTicketIsNotSeen() {
    String ticket = buy(nextKey(), LINE).json().path("ticket").asText();
    String other = site.player("TOR", "Charles");

    assertThat(site.get("/api/v1/tickets/" + ticket, other).status()).isEqualTo(404);
    assertThat(site.json("DELETE", site.url() + "/api/v1/tickets/" + ticket, other, "").status())
        .isEqualTo(404);
  }

  @Test
  void withoutKeyATicketIsNotBought() {
    Reply refused = site.post("/api/v1/draws/" + draw + "/tickets", token, LINE);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").asText()).isEqualTo("Idempotency-Key");
  }

  @Test
  void tooLongBodiesAndOtherContentTypesAreRefused() {
    byte[] ten = new byte[10 << 20];
    Reply tooLong =
        site.send(
            "POST",
            site.url() + "/api/v1/draws/" + draw + "/tickets",
            Map.of("Authorization", "Bearer " + token, "Idempotency-Key", nextKey()),
            ten);
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.header("content-type")).isEqualTo("application/problem+json");

    Reply text =
        site.send(
            "POST",
            site.url() + "/api/v1/players",
            Map.of("Content-Type", "text/plain"),
            LocalSite.body("TOR", "Bo").getBytes(StandardCharsets.UTF_8));
    assertThat(text.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"branch\":\"TOR\",\"name\":\"Bo\",\"password\":\"short\"}|password",
        "{\"branch\":\"TOR\",\"name\":\"B\",\"password\":\"correct horse\"}|name",
        "{\"branch\":\"toronto\",\"name\":\"Bo\",\"password\":\"correct horse\"}|branch",
        "{\"branch\":\"tor\",\"name\":\"Bo\",\"password\":\"correct horse\"}|branch",
        "{\"branch\":\"TOR\",\"password\":\"correct horse\"}|name",
        "{\"branch\":\"TOR\",\"name\":7,\"password\":\"correct horse\"}|name",
      })
  void aWrongSignUpIsRefusedAndNamed(String body, String field) {
    Reply refused = site.post("/api/v1/players", "", body);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("field").asText()).isEqualTo(field);
  }

  @Test
  void aTicketCanBeGivenBackBeforeClosing() {
    String ticket = buy(nextKey(), LINE).json().path("ticket").asText();
    long before = balance();

    Reply cancelled = site.json("DELETE", site.url() + "/api/v1/tickets/" + ticket, token, "");

    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    assertThat(cancelled.json().path("returned").path("amount").asLong()).isEqualTo(200);
    assertThat(balance()).isEqualTo(before + 200);
  }

  @Test
  void aDrawIsDrawnCertifiedAndVerifiable() {
    String fresh = site.draw("powerball", Duration.ofHours(1));
    String ticket =
        site.buy(fresh, token, nextKey(), "{\"quickPick\":3}").json().path("ticket").asText();
    assertThat(site.get("/api/v1/draws/" + fresh + "/result", "").json().path("numbers").isNull())
        .isTrue();
    assertThat(site.get("/api/v1/draws/" + fresh + "/bundle", "").status()).isEqualTo(404);

    site.json("POST", site.staffUrl() + "/api/v1/draws/" + fresh + "/close", ops(), "{}");
    Awaitility.await()
        .until(
            () ->
                site.get("/api/v1/draws/" + fresh + "/result", "")
                    .json()
                    .path("state")
                    .asText()
                    .equals("CERTIFIED"));

    JsonNode result = site.get("/api/v1/draws/" + fresh + "/result", "").json();
    assertThat(result.path("numbers").path("main")).hasSize(5);
    assertThat(result.path("winners")).hasSize(9);
    String bundle = site.get("/api/v1/draws/" + fresh + "/bundle", "").text();
    String parties = site.get("/api/v1/parties", "").text();
    assertThat(
            BundleVerifier.verify(
                    bundle.getBytes(StandardCharsets.UTF_8), Optional.of(parsed(parties)))
                .verdict())
        .isEqualTo(Verdict.VERIFIED);
    JsonNode proof = site.get("/api/v1/draws/" + fresh + "/proof/" + ticket, "").json();
    assertThat(proof.path("root").asText()).hasSize(64);
    assertThat(site.get("/api/v1/tickets/" + ticket, token).json().path("state").asText())
        .isIn("WON", "LOST");
  }

  @Test
  void whatHappenedToADrawIsKeptFollowedAndFound() throws Exception {
    String fresh = site.draw("powerball", Duration.ofHours(1));
    String id = fresh.substring(fresh.indexOf('/') + 1);
    site.buy(fresh, token, nextKey(), "{\"quickPick\":1}");

    try (InputStream stream = follow("/api/v1/feed", "");
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      site.json("POST", site.staffUrl() + "/api/v1/draws/" + fresh + "/close", ops(), "{}");
      String line = lines.readLine();
      while (line != null && !(line.contains(id) && line.contains("CERTIFIED"))) {
        line = lines.readLine();
      }
      assertThat(line).startsWith("data: {").contains("\"party\":\"AUDITOR\"");
    }

    JsonNode history = site.get("/api/v1/draws/" + fresh + "/history", "").json();
    assertThat(history.path("items").findValuesAsText("kind"))
        .startsWith("OPENED")
        .contains("CLOSED", "DRAWN")
        .endsWith("CERTIFIED");
    assertThat(site.get("/api/v1/draws/powerball/TORE010100-9/history", "").status())
        .isEqualTo(404);

    List<String> read = new ArrayList<>();
    String after = "";
    for (JsonNode page = feed(after); !page.path("items").isEmpty(); page = feed(after)) {
      page.path("items").forEach(item -> read.add(item.path("branch") + " " + item.path("number")));
      after = page.path("next").asText();
    }
    assertThat(read).doesNotHaveDuplicates().hasSizeGreaterThan(10);

    JsonNode found = site.get("/api/v1/search?q=certified+" + id, "").json();
    assertThat(found.path("branches").path("TOR").path("items")).hasSize(1);
    JsonNode sums = site.get("/api/v1/statistics?branch=TOR", "").json();
    assertThat(sums.at("/branches/TOR/games/powerball/tickets").asLong()).isPositive();
  }

  private static JsonNode feed(String after) {
    return site.get("/api/v1/feed?limit=5&after=" + after, "").json();
  }

  private static InputStream follow(String path, String last) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.url() + path)).header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()).body();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/feed?after=tomorrow, 422, after",
    "/api/v1/projections/nonsense, 422, projection",
    "/api/v1/search?limit=1000, 422, limit",
    "/api/v1/statistics?colour=red, 422, colour"
  })
  void aQuestionToAViewThatIsWrongIsRefusedByField(String path, int status, String field) {
    Reply reply = site.get(path, "");

    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().path("field").asText()).isEqualTo(field);
  }

  @Test
  void gamesOddsAndListsAreShown() {
    JsonNode games = site.get("/api/v1/games", "").json();
    assertThat(games.path("items")).hasSize(2);
    assertThat(games.path("items").path(1).path("pools")).hasSize(2);
    assertThat(
            site.get("/api/v1/games/powerball/odds", "")
                .json()
                .path("tiers")
                .path(0)
                .path("text")
                .asText())
        .isEqualTo("1 in 292,201,338.00");
    assertThat(site.get("/api/v1/games/nothing/odds", "").status()).isEqualTo(404);
    assertThat(site.get("/api/v1/draws?state=OPEN&branch=TOR", "").text())
        .contains(draw.substring(draw.indexOf('/') + 1));
    assertThat(site.get("/api/v1/draws?state=OPENED", "").status()).isEqualTo(422);
    assertThat(site.get("/api/v1/draws?limit=x", "").status()).isEqualTo(422);
    assertThat(site.get("/api/v1/draws?cursor=%25%25", "").status()).isEqualTo(422);
    assertThat(site.get("/api/v1/availability?game=powerball", "").json().path("draws"))
        .isNotEmpty();
  }

  @Test
  void drawsArePagedOverBranchesWithoutLossOrRepeat() {
    site.draw("lotto649", Duration.ofHours(1));
    site.draw("lotto649", Duration.ofHours(2));
    site.draw("lotto649", Duration.ofHours(3));
    java.util.List<String> seen = new java.util.ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          site.get(
                  "/api/v1/draws?game=lotto649&limit=2" + (next.isEmpty() ? "" : "&cursor=" + next),
                  "")
              .json();
      page.path("items").forEach(item -> seen.add(item.path("id").asText()));
      next = page.path("next").isNull() ? "" : page.path("next").asText();
    } while (!next.isEmpty());

    assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void operatorsOpenChangeAndCloseDrawsAndPlayersMayNot() {
    String address = "/api/v1/draws/powerball/TORM010130";
    String body = "{\"capacity\":10,\"closesAt\":\"2030-01-01T12:00:00Z\"}";
    assertThat(site.json("PUT", site.url() + address, token, body).status()).isEqualTo(403);
    assertThat(site.json("PUT", site.url() + address, "", body).status()).isEqualTo(401);
    site.json("POST", site.staffUrl() + "/api/v1/operators", ops(), LocalSite.body("TOR", "Olga"));
    String operator =
        site.post("/api/v1/sessions", "", LocalSite.body("TOR", "Olga"))
            .json()
            .path("token")
            .asText();

    Reply half = site.json("PUT", site.url() + address, operator, "{\"capacity\":10}");
    Reply opened = site.json("PUT", site.url() + address, operator, body);
    Reply changed = site.json("PUT", site.url() + address, operator, "{\"capacity\":20}");
    Reply cancelled = site.json("DELETE", site.url() + address + "?reason=a%20test", operator, "");

    assertThat(half.status()).isEqualTo(422);
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(changed.json().path("capacity").asInt()).isEqualTo(20);
    assertThat(cancelled.json().path("state").asText()).isEqualTo("VOID");
  }

  private static PartiesFile parsed(String parties) {
    try {
      return PartiesFile.parse(parties.getBytes(StandardCharsets.UTF_8));
    } catch (io.elottery.lottery.canonical.JsonRefused refused) {
      throw new AssertionError(refused);
    }
  }

  private static Reply buy(String key, String body) {
    return site.buy(draw, token, key, body);
  }

  private static String code(Reply reply) {
    return reply.json().path("code").asText();
  }

  private static long balance() {
    return site.get("/api/v1/me", token).json().path("balance").path("amount").asLong();
  }

  private static String nextKey() {
    return "key-" + ++keys;
  }

  private static String ops() {
    return LocalSite.OPERATIONS;
  }
}
