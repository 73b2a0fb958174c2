package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Players who buy one ticket after the other, each with one order under way, and who ask again with
 * the same key whenever an answer is lost; in the end everything acknowledged is read back.
 */
final class Sales implements AutoCloseable {
  private static final Duration RESOLVE_MAX = Duration.ofSeconds(120);
  private static final Duration STEADY = Duration.ofMillis(40);

  private final Site site;
  private final String draw;
  private final Duration pause;
  private final List<Player> players = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong askedAgain = new AtomicLong();
  private final AtomicLong lastAckNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong longestGapNanos = new AtomicLong();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private volatile boolean selling = true;

  /**
   * @param draw {@code game/id}
   * @param pause before a player's next order
   */
  private Sales(Site site, String draw, Duration pause) {
    this.site = site;
    this.draw = draw;
    this.pause = pause;
  }

  /** Signs up that many players of the draw's branch and lets them buy without pause. */
  static Sales start(Site site, String draw, int players) throws IOException {
    return start(site, draw, players, Duration.ZERO);
  }

  /**
   * The same, some dozens of tickets a second: sales never stop, and leave the processors to the
   * servers that start meanwhile.
   */
  static Sales steady(Site site, String draw, int players) throws IOException {
    return start(site, draw, players, STEADY);
  }

  private static Sales start(Site site, String draw, int players, Duration pause)
      throws IOException {
    Sales sales = new Sales(site, draw, pause);
    String branch = draw.substring(draw.indexOf('/') + 1, draw.indexOf('/') + 4);
    for (int i = 0; i < players; i++) {
      SignedUp player = signUp(site, branch);
      sales.players.add(sales.new Player(player.id, player.token));
    }
    sales.players.forEach(Thread::start);
    return sales;
  }

  /** Tickets acknowledged so far. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Requests that failed and were sent again. */
  long askedAgain() {
    return askedAgain.get();
  }

  /** Waits until that many more tickets are acknowledged; the time it took. */
  Duration awaitMore(int tickets, Duration within) throws InterruptedException {
    long began = System.nanoTime();
    long goal = acknowledged.get() + tickets;
    CountDownLatch never = new CountDownLatch(1);
    while (acknowledged.get() < goal) {
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      assertThat(waited)
          .as(
              "%s more tickets, have %s; troubles: %s",
              tickets, tickets - (goal - acknowledged.get()), troubles)
          .isLessThan(within);
      never.await(2, TimeUnit.MILLISECONDS);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Forgets the longest gap so far. */
  void resetGap() {
    lastAckNanos.set(System.nanoTime());
    longestGapNanos.set(0);
  }

  /** The longest time without any acknowledgement since the last reset. */
  Duration longestGap() {
    return Duration.ofNanos(longestGapNanos.get());
  }

  /** Stops buying; every order under way is resolved first. */
  @Override
  public void close() throws InterruptedException {
    selling = false;
    for (Player player : players) {
      player.join(RESOLVE_MAX.toMillis() + 5_000);
      assertThat(player.isAlive()).as("an order that does not resolve: %s", troubles).isFalse();
    }
  }

  /** After {@link #close()}: everything acknowledged is there once, and nothing else is. */
  void assertEveryTicketIsThereExactlyOnce() throws IOException {
    assertThat(troubles).isEmpty();
    for (Player player : players) {
      List<String> there = player.readBack();

      assertThat(there).doesNotHaveDuplicates();
      assertThat(there).containsExactlyInAnyOrderElementsOf(player.receipts.keySet());
    }
  }

  /** Somebody who may buy. */
  record SignedUp(String id, String token) {}

  /** A new player of the branch. */
  static SignedUp signUp(Site site, String branch) throws IOException {
    long began = System.nanoTime();
    while (true) {
      Optional<SignedUp> player = triedSignUp(site, branch);
      if (player.isPresent()) {
        return player.get();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("somebody signs up in %s", branch)
          .isLessThan(RESOLVE_MAX);
    }
  }

  // Empty when it is not known whether it was done: somebody else signs up then.
  private static Optional<SignedUp> triedSignUp(Site site, String branch) throws IOException {
    String name = "p" + UUID.randomUUID().toString().substring(0, 12);
    String password = "correct horse " + name;
    Site.Reply created =
        site.post(
            "/api/v1/players",
            "",
            "{\"name\":\""
                + name
                + "\",\"password\":\""
                + password
                + "\",\"branch\":\""
                + branch
                + "\"}");
    if (created.status() == 503) {
      return Optional.empty();
    }
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String id = created.json().path("id").asText();
    Site.Reply session =
        site.post(
            "/api/v1/sessions", "", "{\"id\":\"" + id + "\",\"password\":\"" + password + "\"}");
    if (session.status() == 503) {
      return Optional.empty();
    }
    assertThat(session.status()).as(session.text()).isEqualTo(201);
    return Optional.of(new SignedUp(id, session.json().path("token").asText()));
  }

  private void acknowledge() {
    acknowledged.incrementAndGet();
    long now = System.nanoTime();
    long gap = now - lastAckNanos.getAndSet(now);
    longestGapNanos.accumulateAndGet(gap, Math::max);
  }

  private final class Player extends Thread {
    private final String token;
    private final Map<String, JsonNode> receipts = new TreeMap<>();

    Player(String id, String token) {
      super("player " + id);
      this.token = token;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (selling) {
        if (!order(UUID.randomUUID().toString())) {
          return;
        }
        LockSupport.parkNanos(pause.toNanos());
      }
    }

    /** One ticket, until it is known whether it was sealed; false when that never came out. */
    private boolean order(String key) {
      long began = System.nanoTime();
      String last = "";
      while (System.nanoTime() - began < RESOLVE_MAX.toNanos()) {
        try {
          Site.Reply reply = site.buy(draw, token, key, "{\"quickPick\":1}");
          last = reply.status() + " " + reply.text();
          switch (reply.status()) {
            case 200, 201 -> {
              receipts.put(reply.json().path("ticket").asText(), reply.json());
              acknowledge();
              return true;
            }
            case 202, 429, 502, 503, 504, 507 -> {
              askedAgain.incrementAndGet();
              LockSupport.parkNanos(20_000_000);
            }
            default -> {
              troubles.add("refused: " + last);
              return false;
            }
          }
        } catch (IOException lost) {
          askedAgain.incrementAndGet();
          last = lost.toString();
          LockSupport.parkNanos(20_000_000);
        }
      }
      troubles.add("not resolved in " + RESOLVE_MAX + ": " + last);
      return false;
    }

    private List<String> readBack() throws IOException {
      List<String> there = new ArrayList<>();
      String cursor = "";
      do {
        Site.Reply page =
            site.get("/api/v1/me/tickets" + (cursor.isEmpty() ? "" : "?cursor=" + cursor), token);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        page.json().path("items").forEach(item -> there.add(item.path("ticket").asText()));
        cursor = page.json().path("next").asText("");
        if ("null".equals(cursor)) {
          cursor = "";
        }
      } while (!cursor.isEmpty());
      for (String ticket : there.subList(0, Math.min(5, there.size()))) {
        JsonNode receipt = receipts.get(ticket);
        Site.Reply again = site.get("/api/v1/tickets/" + ticket, token);
        if (receipt != null) {
          assertThat(again.json().path("signature")).isEqualTo(receipt.path("signature"));
          assertThat(again.json().path("leaf")).isEqualTo(receipt.path("leaf"));
        }
      }
      return there;
    }
  }
}
