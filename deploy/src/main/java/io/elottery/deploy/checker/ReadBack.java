package io.elottery.deploy.checker;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.checker.PublicApi.Reply;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.checker.Proof;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Lists all tickets of a player, asks for each receipt and compares the balance. */
final class ReadBack {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long AGAIN_NANOS = 100_000_000L;
  private static final int TRIES = 5;
  private static final Set<String> RETURNED = Set.of("CANCELLED", "RETURNED");

  private final PublicApi api;
  private final String password;
  private final Testimony testimony;

  ReadBack(PublicApi api, String password, Testimony testimony) {
    this.api = api;
    this.password = password;
    this.testimony = testimony;
  }

  /** What tickets have cost and won. */
  private static final class Sum {
    private long stakes;
    private long prizes;
  }

  /**
   * @param receipts at most so many are asked for, evenly spaced
   */
  void read(PlayerId player, int receipts) throws IOException {
    String token = token(player);
    // A prize may come between balance and list: only when nothing moved do they belong together.
    for (int i = 0; i < TRIES; i++) {
      long before = balance(token);
      Sum sum = list(player, token);
      if (balance(token) == before) {
        testimony.judge(history -> history.balance(player, sum.stakes, sum.prizes, before));
        break;
      }
    }
    List<TicketId> acknowledged = testimony.look(history -> history.acknowledgedOf(player));
    int step = Math.max(1, acknowledged.size() / receipts);
    for (int i = 0; i < acknowledged.size(); i += step) {
      TicketId ticket = acknowledged.get(i);
      Reply reply = insist("/api/v1/tickets/" + ticket, token);
      if (reply.isGood()) {
        Proof shown = PublicApi.proof(reply.json());
        testimony.judge(history -> history.shown(ticket, shown));
      } else {
        testimony.judge(history -> history.missing(ticket, reply.code()));
      }
    }
  }

  private Sum list(PlayerId player, String token) throws IOException {
    Sum sum = new Sum();
    testimony.judge(history -> history.reading(player));
    String cursor = "";
    do {
      JsonNode page = good("/api/v1/me/tickets?limit=200" + cursor, token);
      for (JsonNode item : page.path("items")) {
        TicketId ticket = TicketId.parse(item.path("ticket").asText());
        testimony.judge(history -> history.listed(player, ticket, PublicApi.listed(item)));
        if (!RETURNED.contains(item.path("state").asText())) {
          sum.stakes += item.path("price").asLong();
        }
        sum.prizes += item.path("prize").path("amount").asLong(0);
      }
      for (JsonNode pending : page.path("pending")) {
        sum.stakes += pending.path("price").asLong();
      }
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    testimony.judge((History history) -> history.read(player));
    return sum;
  }

  private long balance(String token) throws IOException {
    return good("/api/v1/me", token).path("balance").path("amount").asLong();
  }

  private String token(PlayerId player) throws IOException {
    long began = System.nanoTime();
    while (true) {
      String token = CheckingPlayer.signIn(api, player, password);
      if (!token.isEmpty()) {
        return token;
      }
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IOException(player + " cannot sign in to have its tickets read back");
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }

  private JsonNode good(String path, String token) throws IOException {
    Reply reply = insist(path, token);
    if (!reply.isGood()) {
      throw new IOException(path + " is answered with " + reply.status() + " " + reply.code());
    }
    return reply.json();
  }

  // Until it is answered for good or the patience ends.
  private Reply insist(String path, String token) throws IOException {
    long began = System.nanoTime();
    while (true) {
      try {
        Reply reply = api.get(path, token);
        if (reply.status() < 429 || reply.status() == 500) {
          return reply;
        }
      } catch (IOException away) {
        if (System.nanoTime() - began > PATIENCE.toNanos()) {
          throw away;
        }
      }
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IOException(path + " is not answered in " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }
}
