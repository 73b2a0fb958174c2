package io.elottery.deploy.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.checker.PublicApi.Reply;
import io.elottery.lottery.checker.Observation;
import io.elottery.lottery.checker.Proof;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buys ticket after ticket in the draws that are open, each until it is known; when its money is
 * gone, another joins in its place. A thread of its own.
 */
final class CheckingPlayer extends Thread {
  private static final Logger log = LoggerFactory.getLogger(CheckingPlayer.class);
  private static final Duration RESOLVE_MAX = Duration.ofSeconds(60);
  private static final long AGAIN_NANOS = 20_000_000L;
  private static final long LATER_NANOS = 250_000_000L;
  private static final String CLOSED = "DRAW_CLOSED";

  private final String home;
  private final String branch; // whose draws are bought
  private final PublicApi api;
  private final String password;
  private final Testimony testimony;
  private final Pace pace;
  private volatile boolean finished; // set by whoever stops it
  private @Nullable SignedIn signedIn;
  private @Nullable DrawRef draw;

  private record SignedIn(PlayerId player, String token) {}

  CheckingPlayer(
      String home, String branch, PublicApi api, String password, Testimony testimony, Pace pace) {
    super("checker " + home + " in " + branch);
    this.home = home;
    this.branch = branch;
    this.api = api;
    this.password = password;
    this.testimony = testimony;
    this.pace = pace;
    setDaemon(true);
  }

  /** Begins nothing more. */
  void finish() {
    finished = true;
  }

  @Override
  public void run() {
    while (!finished) {
      try {
        buyNext();
      } catch (IOException away) {
        log.debug("the site is not reached", away);
        LockSupport.parkNanos(LATER_NANOS);
      }
    }
  }

  private void buyNext() throws IOException {
    SignedIn me = signedIn;
    if (me == null) {
      signedIn = newcomer();
      return;
    }
    DrawRef open = draw;
    if (open == null) {
      draw = find();
      return;
    }
    pace.await();
    if (!finished) {
      buy(me, open, RequestKey.of(UUID.randomUUID().toString()));
    }
  }

  private @Nullable SignedIn newcomer() throws IOException {
    String name = "chk" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    JsonNode wish =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("password", password)
            .put("branch", home);
    Reply joined = api.post("/api/v1/players", "", wish, name);
    if (!joined.isGood()) {
      LockSupport.parkNanos(LATER_NANOS);
      return null;
    }
    PlayerId id = PlayerId.parse(joined.json().path("id").asText());
    String token = signIn(api, id, password);
    long credit = api.get("/api/v1/me", token).json().path("balance").path("amount").asLong(-1);
    if (token.isEmpty() || credit < 0) {
      LockSupport.parkNanos(LATER_NANOS);
      return null;
    }
    testimony.before(new Observation.Joined(id, credit));
    return new SignedIn(id, token);
  }

  /** A token; empty when there is none now. */
  static String signIn(PublicApi api, PlayerId player, String password) throws IOException {
    JsonNode who =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", player.toString())
            .put("password", password);
    return api.post("/api/v1/sessions", "", who, "").json().path("token").asText("");
  }

  // The one that stays open longest.
  private @Nullable DrawRef find() throws IOException {
    JsonNode open =
        api.get("/api/v1/draws?state=OPEN&limit=100&branch=" + branch, "").json().path("items");
    JsonNode best = null;
    for (JsonNode item : open) {
      if (best == null
          || item.path("closesAt").asText().compareTo(best.path("closesAt").asText()) > 0) {
        best = item;
      }
    }
    if (best == null) {
      LockSupport.parkNanos(LATER_NANOS);
      return null;
    }
    return new DrawRef(
        GameName.of(best.path("game").asText()), DrawId.parse(best.path("id").asText()));
  }

  private void buy(SignedIn me, DrawRef open, RequestKey key) throws IOException {
    TicketId ticket = TicketId.of(me.player, open, key);
    testimony.before(new Observation.Sent(ticket, branch, me.player));
    JsonNode wager = JsonNodeFactory.instance.objectNode().put("quickPick", 1);
    String path = "/api/v1/draws/" + open.game().text() + "/" + open.id() + "/tickets";
    long began = System.nanoTime();
    boolean once = true;
    while (System.nanoTime() - began < RESOLVE_MAX.toNanos()) {
      try {
        Reply reply = api.post(path, me.token, wager, key.text());
        switch (reply.status()) {
          case 200, 201 -> {
            acknowledged(ticket, reply.json());
            return;
          }
          case 202, 429, 502, 503, 504 -> {}
          default -> {
            refused(ticket, reply.code(), once);
            return;
          }
        }
      } catch (IOException lost) {
        log.debug("no answer", lost);
      }
      once = false;
      testimony.asksAgain();
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }

  private void acknowledged(TicketId ticket, JsonNode receipt) throws IOException {
    Proof proof = PublicApi.proof(receipt);
    // Under another name nobody asked for it.
    TicketId named = TicketId.parse(receipt.path("ticket").asText());
    testimony.answered(new Observation.Acknowledged(named, proof));
    if (!named.equals(ticket)) {
      draw = null;
    }
  }

  // What was sent once and refused stays refused; an earlier attempt may still be under way.
  private void refused(TicketId ticket, String code, boolean once) throws IOException {
    if (once || code.equals(CLOSED)) {
      testimony.answered(new Observation.Refused(ticket, code));
    }
    switch (code) {
      case "BALANCE_TOO_SMALL", "NOT_SIGNED_IN", "SESSION_EXPIRED" -> signedIn = null;
      default -> draw = null;
    }
    LockSupport.parkNanos(AGAIN_NANOS);
  }
}
