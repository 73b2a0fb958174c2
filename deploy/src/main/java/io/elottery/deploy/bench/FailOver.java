package io.elottery.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A player who buys ticket after ticket and asks again with the same key when an answer is lost;
 * tells for how long there was no receipt while something happened, and at the end whether each
 * receipt that was given is given again, byte for byte.
 */
public final class FailOver {
  private static final long RETRY_NANOS = 2_000_000;
  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final int TICKETS_BEFORE = 50;
  private static final int TICKETS_AFTER = 20;
  private static final int TICKETS_EACH = 2_000; // of a player, who has money for more

  private final URI site;
  private final String draw;
  private final Map<String, Given> receipts = new LinkedHashMap<>(); // by key
  private String token = "";
  private int bought; // by the present player

  private record Given(String token, String receipt) {}

  /**
   * @param draw {@code game/id}, on sale
   */
  public FailOver(URI site, String draw) throws IOException {
    this.site = site;
    this.draw = draw;
    signUp();
  }

  private void signUp() throws IOException {
    try (Connection connection = new Connection(site)) {
      token = TicketBench.signUp(connection, draw, "failover");
      bought = 0;
    }
  }

  /**
   * Buys ticket after ticket, lets {@code event} happen meanwhile on another thread, and buys on.
   *
   * @return the longest time between two receipts, from before the event on
   */
  public Duration during(Runnable event) throws IOException {
    if (bought > TICKETS_EACH) {
      signUp();
    }
    for (int i = 0; i < TICKETS_BEFORE; i++) {
      buy();
    }
    long last = System.nanoTime();
    long longest = 0;
    CompletableFuture<Void> happening = CompletableFuture.runAsync(event);
    for (int left = TICKETS_AFTER; left > 0; ) {
      boolean over = happening.isDone();
      buy();
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
      left -= over ? 1 : 0;
    }
    try {
      happening.join();
    } catch (CompletionException failed) {
      throw new IOException(String.valueOf(failed.getCause()), failed);
    }
    return Duration.ofNanos(longest);
  }

  /** Receipts given so far. */
  public int given() {
    return receipts.size();
  }

  /** Asks for every receipt again: how many are gone or have other bytes. */
  public int lost() throws IOException {
    int lost = 0;
    for (Map.Entry<String, Given> given : receipts.entrySet()) {
      token = given.getValue().token;
      lost += given.getValue().receipt.equals(receipt(given.getKey())) ? 0 : 1;
    }
    return lost;
  }

  private void buy() throws IOException {
    String key = UUID.randomUUID().toString();
    receipts.put(key, new Given(token, receipt(key)));
    bought++;
  }

  private String receipt(String key) throws IOException {
    long began = System.nanoTime();
    String receipt = tried(key);
    while (receipt.isEmpty()) {
      if (System.nanoTime() - began > GIVE_UP.toNanos()) {
        throw new IOException("no receipt in " + GIVE_UP);
      }
      LockSupport.parkNanos(RETRY_NANOS);
      receipt = tried(key);
    }
    return receipt;
  }

  private String tried(String key) {
    try (Connection connection = new Connection(site)) {
      Connection.Reply reply = TicketBench.buy(connection, draw, token, key);
      return reply.status() == 200 || reply.status() == 201 ? reply.body() : "";
    } catch (IOException lost) {
      return "";
    }
  }
}
