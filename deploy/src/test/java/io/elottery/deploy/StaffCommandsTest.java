package io.elottery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.command.Invocation;
import io.elottery.deploy.staff.Logins;
import io.elottery.deploy.staff.Prompt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What officers type, against a staff port that answers as main does. */
class StaffCommandsTest {
  private static final String PROPOSAL =
      "{\"id\":\"p-1\",\"kind\":\"KEYS_ROTATE\",\"state\":\"%s\",\"proposer\":\"officer1\","
          + "\"at\":\"2026-11-21T08:00:00Z\",\"until\":\"2026-11-22T08:00:00Z\",\"approver\":\"\","
          + "\"words\":\"Rotate 2 links.\\nIn 1 wave.\",\"hash\":\"abc123\",\"why\":\"%s\"}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final LocalStaffPort port = new LocalStaffPort();
  private final Path dir;

  StaffCommandsTest(@TempDir Path dir) throws IOException {
    this.dir = dir;
  }

  @AfterEach
  void close() {
    port.close();
  }

  private int run(String typed, String... words) {
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errTo = new PrintStream(err, true, StandardCharsets.UTF_8);
    Prompt prompt =
        Prompt.of(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), errTo);
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--server", port.url()));
    return Elottery.run(
        new Invocation(to, errTo, prompt, new Logins(dir.resolve("config/elottery"))),
        to,
        errTo,
        all.toArray(String[]::new));
  }

  private void login(String name) {
    port.answersNow(
        "POST /api/v1/staff/sessions",
        201,
        "{\"token\":\"secret-"
            + name
            + "\",\"expiresAt\":\"2999-01-01T00:00:00Z\",\"name\":\""
            + name
            + "\",\"roles\":[\"officer\"]}");
    assertThat(run("correct horse\n", "login", name)).as(err.toString()).isZero();
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static final String EFFECT =
      """
      {"assign":{"worker-3":"RIGHT"},"link":[],"unlink":[],"changes":["worker-3 goes to RIGHT."],
       "notes":[],"breaks":["worker-3 is alone."],
       "commands":["elottery servers assign worker-3 right"]}
      """;

  @Test
  void aSignInIsKeptForItsOwnerAloneAndUsed() throws IOException {
    login("officer1");
    port.answers("GET /api/v1/staff/me", 200, "{\"name\":\"officer1\",\"roles\":[\"officer\"]}");

    assertThat(run("", "staff", "me")).isZero();

    assertThat(port.bearers()).last().isEqualTo("Bearer secret-officer1");
    assertThat(port.asked()).first().asString().contains("\"password\":\"correct horse\"");
    assertThat(printed() + told()).doesNotContain("secret-", "correct horse");
    try (Stream<Path> files = Files.list(dir.resolve("config/elottery"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Test
  void whoIsNotSignedInIsRefusedInWords() {
    assertThat(run("", "keys", "list", "--as", "officer2")).isEqualTo(3);

    assertThat(told()).contains("officer2 is not signed in", "elottery login");
    assertThat(port.asked()).isEmpty();
  }

  @Test
  void twoSignedInArePickedByName() {
    login("officer1");
    login("officer2");
    port.answers("GET /api/v1/keys", 200, "{\"items\":[]}");

    assertThat(run("", "keys", "list")).isZero();
    assertThat(run("", "keys", "list", "--as", "officer1")).isZero();
    assertThat(port.bearers().subList(2, 4))
        .containsExactly("Bearer secret-officer2", "Bearer secret-officer1");
  }

  @Test
  void anApproverSendsTheHashOfWhatWasShown() {
    login("officer2");
    port.answers("GET /api/v1/approvals/p-1", 200, PROPOSAL.formatted("PENDING", ""))
        .answers("POST /api/v1/approvals/p-1/approve", 200, PROPOSAL.formatted("APPROVED", ""));

    assertThat(run("n\n", "approvals", "approve", "p-1")).isEqualTo(1);
    assertThat(port.asked()).noneMatch(call -> call.startsWith("POST /api/v1/approvals"));
    assertThat(told()).contains("Rotate 2 links.", "In 1 wave.", "abc123", "[y/N]");

    assertThat(run("y\n", "approvals", "approve", "p-1")).isZero();
    assertThat(port.asked())
        .last()
        .isEqualTo("POST /api/v1/approvals/p-1/approve {\"hash\":\"abc123\"}");
  }

  @Test
  void aRotationIsFollowedUntilItIsDone() {
    login("officer1");
    port.answers("POST /api/v1/keys/rotate", 202, PROPOSAL.formatted("PENDING", ""))
        .answers("GET /api/v1/approvals/p-1", 200, PROPOSAL.formatted("PENDING", ""))
        .answers("GET /api/v1/approvals/p-1", 200, PROPOSAL.formatted("APPROVED", ""))
        .answers("GET /api/v1/approvals/p-1", 200, PROPOSAL.formatted("DONE", "2 links rotated"))
        .answers(
            "GET /api/v1/keys/rotation",
            200,
            "{\"state\":\"RUNNING\",\"waves\":[[{\"link\":\"a,b\",\"state\":\"DONE\"},"
                + "{\"link\":\"c,d\",\"state\":\"RUNNING\"}]]}");

    assertThat(run("", "keys", "rotate", "--worker", "worker-1", "--wait")).isZero();

    assertThat(port.asked())
        .anyMatch(call -> call.contains("{\"scope\":{\"worker\":\"worker-1\"}}"));
    assertThat(told()).contains("waits for a second person", "1 of 2 links");
    assertThat(printed()).contains("2 links rotated");
  }

  @Test
  void aRejectedRotationIsRefusedByARule() {
    login("officer1");
    port.answers("POST /api/v1/keys/rotate", 202, PROPOSAL.formatted("PENDING", ""))
        .answers("GET /api/v1/approvals/p-1", 200, PROPOSAL.formatted("REJECTED", "not today"));

    assertThat(run("", "keys", "rotate", "--all", "--wait")).isEqualTo(3);
    assertThat(told()).contains("not today");
  }

  @Test
  void aScopeIsExactlyOneThing() {
    assertThat(run("", "keys", "plan")).isEqualTo(2);
    assertThat(run("", "keys", "plan", "--all", "--worker", "worker-1")).isEqualTo(2);
  }

  @Test
  void aPieceComesFromStandardInputOnly() {
    login("officer1");
    port.answers(
        "POST /api/v1/vault/unseal",
        200,
        "{\"compartment\":\"LEFT\",\"given\":2,\"needed\":3,\"state\":\"SEALED\"}");

    assertThat(run("", "vault", "unseal", "elp1-left-g1")).isEqualTo(2);
    assertThat(run("", "vault", "unseal")).isEqualTo(2);
    assertThat(run("elp1-left-g1-1-of-3-abc\n", "vault", "unseal")).isZero();

    assertThat(port.asked()).last().asString().contains("elp1-left-g1-1-of-3-abc");
    assertThat(printed()).contains("LEFT: 2 of 3 pieces").doesNotContain("elp1-");
  }

  @Test
  void aPieceThatIsNotGenuineEndsWithSix() {
    login("officer1");
    port.answers(
        "POST /api/v1/vault/pieces/verify", 422, "{\"detail\":\"It has a typing error.\"}");

    assertThat(run("elp1-lfet\n", "vault", "piece", "verify")).isEqualTo(6);
    assertThat(run("elp1-lfet\n", "vault", "piece", "verify", "--in", dir.toString())).isEqualTo(2);
    assertThat(told()).contains("typing error", "no vault that can be read").doesNotContain("elp1");
  }

  @Test
  void aCutNamesWhatBecameOfEachEnd() {
    login("officer1");
    port.answers(
        "POST /api/v1/keys/cut",
        200,
        "{\"id\":\"cut-7\",\"links\":[\"worker-1~worker-2/neighbour\"],\"ends\":["
            + "{\"link\":\"worker-1~worker-2/neighbour\",\"end\":\"worker-1\","
            + "\"state\":\"CLOSED\"},{\"link\":\"worker-1~worker-2/neighbour\","
            + "\"end\":\"worker-2\",\"state\":\"UNREACHABLE\"}]}");

    assertThat(run("", "keys", "cut", "--link", "worker-1,worker-2", "--reason", "lost")).isZero();

    assertThat(printed()).contains("CLOSED", "UNREACHABLE", "elottery keys confirm cut-7");
  }

  @Test
  void whatWasNotDoneYetIsAskedAgainAndSaid() {
    login("officer1");
    String away = "{\"code\":\"NO_LEADER\",\"detail\":\"No main acts for LEFT yet.\"}";
    port.answersLater("POST /api/v1/vault/seal", away)
        .answersLater("POST /api/v1/vault/seal", away)
        .answers("POST /api/v1/vault/seal", 200, "{}");

    assertThat(run("", "vault", "seal")).as(told()).isZero();

    assertThat(port.asked().stream().filter(it -> it.contains("/vault/seal"))).hasSize(3);
    assertThat(told()).containsOnlyOnce("No main acts for LEFT yet").contains("asking again");
  }

  @Test
  void whatMayHaveBeenDoneIsNotAskedTwice() {
    login("officer1");
    port.answersLater(
        "POST /api/v1/vault/seal", "{\"code\":\"OUTCOME_UNKNOWN\",\"detail\":\"Look first.\"}");

    assertThat(run("", "vault", "seal")).isEqualTo(4);

    assertThat(port.asked().stream().filter(it -> it.contains("/vault/seal"))).hasSize(1);
  }

  @Test
  void actorsAreShownByBranchTheLargestFirst() {
    login("officer1");
    port.answers(
        "GET /api/v1/actors?limit=1&branch=TOR",
        200,
        "{\"branches\":[{\"branch\":\"TOR\",\"draws\":{\"actors\":2,\"tickets\":7000,\"bytes\":2097152},"
            + "\"players\":{\"actors\":3,\"tickets\":0,\"bytes\":900},"
            + "\"largest\":[{\"id\":\"powerball:TORE211126-1\",\"kind\":\"DRAW\",\"tickets\":7000,"
            + "\"bytes\":2048}]}],\"missing\":[\"MTL\"]}");

    assertThat(run("", "actors", "--branch", "TOR", "--limit", "1")).isZero();

    assertThat(printed())
        .containsSubsequence("2 draws", "7000", "2.0 MiB", "3 players", "900 B")
        .containsSubsequence("powerball:TORE211126-1", "2.0 KiB", "no answer from MTL");
  }

  @Test
  void everyWayToFailHasItsExitStatus() throws IOException {
    login("officer1");
    port.answers("POST /api/v1/vault/seal", 403, "{\"title\":\"no\",\"detail\":\"not yours\"}")
        .answers("GET /api/v1/keys", 503, "{\"title\":\"away\",\"detail\":\"no main answers\"}")
        .answers("GET /api/v1/staff", 504, "{\"title\":\"late\",\"detail\":\"unknown\"}");

    assertThat(run("", "vault", "seal")).isEqualTo(3);
    assertThat(run("", "keys", "list")).isEqualTo(4);
    assertThat(run("", "staff", "list")).isEqualTo(5);
    Path forged = Files.writeString(dir.resolve("audit.json"), "{\"format\":\"mine\"}");
    assertThat(run("", "audit", "verify", forged.toString())).isEqualTo(6);
    assertThat(told()).contains("not yours", "--as NAME", "no main answers");
    assertThat(printed()).contains("LIE");
  }

  @Test
  void whatTwoPeopleDecideIsProposed() {
    login("officer1");
    port.answers("POST /api/v1/servers/division/effect", 200, EFFECT)
        .answers("POST /api/v1/servers/division", 202, PROPOSAL.formatted("PENDING", ""))
        .answers("POST /api/v1/staff", 202, PROPOSAL.formatted("PENDING", ""));

    assertThat(run("", "servers", "link", "worker-1", "worker-4")).isZero();
    assertThat(run("", "staff", "add", "ada", "--person", "Ada L", "--role", "auditor,operator"))
        .isZero();

    assertThat(port.asked())
        .contains(
            "POST /api/v1/servers/division {\"link\":[\"worker-1,worker-4\"],\"reason\":\"\"}")
        .contains(
            "POST /api/v1/staff"
                + " {\"name\":\"ada\",\"person\":\"Ada L\",\"roles\":[\"auditor\",\"operator\"]}");
    assertThat(printed()).contains("elottery approvals approve p-1");
  }

  @Test
  void dividingTheServersShowsItsEffectFirst() {
    login("officer1");
    port.answers("POST /api/v1/servers/division/effect", 200, EFFECT)
        .answers("POST /api/v1/servers/division", 202, PROPOSAL.formatted("PENDING", ""))
        .answers("GET /api/v1/servers/suggest?neighbours=4&seed=1", 200, EFFECT);

    assertThat(run("", "servers", "assign", "worker-3", "right", "--reason", "moved")).isZero();
    assertThat(run("", "servers", "neighbours", "worker-3", "worker-1,worker-2")).isZero();
    assertThat(run("", "servers", "suggest", "--apply")).isZero();
    int before = port.asked().size();
    assertThat(run("", "servers", "neighbours", "worker-3", "none", "--dry-run")).isZero();

    assertThat(told()).contains("BREAKS A PROMISE: worker-3 is alone.");
    assertThat(port.asked())
        .contains(
            "POST /api/v1/servers/division"
                + " {\"assign\":{\"worker-3\":\"RIGHT\"},\"reason\":\"moved\"}")
        .contains(
            "POST /api/v1/servers/division"
                + " {\"neighbours\":{\"worker-3\":[\"worker-1\",\"worker-2\"]},\"reason\":\"\"}")
        .contains(
            "POST /api/v1/servers/division"
                + " {\"assign\":{\"worker-3\":\"RIGHT\"},\"link\":[],\"unlink\":[],\"reason\":\"\"}");
    assertThat(port.asked().subList(before, port.asked().size()))
        .noneMatch(call -> call.startsWith("POST /api/v1/servers/division {"));
    assertThat(printed()).contains("elottery servers assign worker-3 right");
  }

  @Test
  void mutesAndWebhooksAreAskedFor() {
    login("officer1");
    port.answers("POST /api/v1/mutes", 201, "{\"id\":\"m-1\",\"subject\":\"worker-7\"}")
        .answers("DELETE /api/v1/mutes/m-1", 204, "")
        .answers(
            "POST /api/v1/webhooks/alerts",
            201,
            "{\"id\":\"w-1\",\"host\":\"https://x.example\",\"secret\":\"whsec_AA==\"}")
        .answers(
            "POST /api/v1/webhooks/alerts/w-1/test", 200, "{\"delivered\":false,\"why\":\"410\"}");

    assertThat(run("", "mutes", "add", "worker-7", "--for", "2h", "--reason", "disk")).isZero();
    assertThat(run("", "mutes", "add", "worker-7", "--for", "2", "--reason", "disk")).isEqualTo(2);
    assertThat(run("", "mutes", "end", "m-1")).isZero();
    assertThat(run("", "alerts", "webhooks", "add", "https://x.example/h")).isZero();
    assertThat(run("", "alerts", "webhooks", "test", "w-1")).isEqualTo(1);

    assertThat(port.asked())
        .contains(
            "POST /api/v1/mutes"
                + " {\"subject\":\"worker-7\",\"seconds\":7200,\"reason\":\"disk\"}");
    assertThat(printed()).contains("whsec_AA==", "did not take it: 410");
  }

  @Test
  void eventsAreFollowedAsTheGatewaySendsThem() {
    login("officer1");
    out.reset();
    String event =
        "{\"number\":%d,\"at\":\"2026-11-21T08:00:00Z\",\"severity\":\"WARNING\","
            + "\"code\":\"C\",\"subject\":\"worker-1\",\"text\":\"happened %d\"}";
    String first = String.format(event, 1, 1);
    String second = String.format(event, 2, 2);
    port.answers("GET /api/v1/events?limit=50", 200, "{\"items\":[" + first + "]}");
    port.answers(
        "GET /api/v1/events?limit=50&after=1",
        200,
        "retry: 2000\n\nid: 1\ndata: " + first + "\n\nid: 2\ndata: " + second + "\n\n: \n\n");
    port.answers(
        "GET /api/v1/events?limit=50&after=2",
        200,
        "event: refused\ndata: {\"detail\":\"signed out\"}\n\n");

    assertThat(run("", "events", "-f", "--output", "json")).isEqualTo(3);

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(first, second);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("signed out");
  }

  @Test
  void reportsAreFollowedFromWhereMainSaysAPageEnded() {
    login("officer1");
    out.reset();
    String report =
        "{\"sequence\":%d,\"received\":\"2026-11-21T08:00:00Z\",\"worker\":\"worker-1\"}";
    String first = String.format(report, 1);
    String second = String.format(report, 2);
    port.answers(
        "GET /api/v1/reports?limit=20",
        200,
        "{\"items\":[" + first + "],\"next\":\"main-1:1:10\"}");
    port.answers(
        "GET /api/v1/reports?limit=20&after=main-1%3A1%3A10",
        200, "id: main-1:2:20\ndata: " + second + "\n\n");
    port.answers(
        "GET /api/v1/reports?limit=20&after=main-1%3A2%3A20",
        200, "event: refused\ndata: {\"detail\":\"signed out\"}\n\n");

    assertThat(run("", "reports", "--follow", "--output", "json")).isEqualTo(3);

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(first, second);
  }

  @Test
  void removalOfAServerIsProposed() {
    login("officer1");
    out.reset();
    port.answers(
        "POST /api/v1/servers/worker-6/remove", 202, String.format(PROPOSAL, "PENDING", ""));

    assertThat(run("", "servers", "remove", "worker-6", "--reason", "sold", "--force")).isZero();

    assertThat(port.asked())
        .contains("POST /api/v1/servers/worker-6/remove {\"reason\":\"sold\",\"force\":true}");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("It waits for a second person");
    assertThat(run("", "servers", "remove", "worker-6")).as("a reason is needed").isEqualTo(2);
  }
}
