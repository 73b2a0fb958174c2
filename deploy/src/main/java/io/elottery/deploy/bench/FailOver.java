package io.elottery.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * One player who buys ticket after ticket and asks again with the same key when an answer is lost;
 * tells how long the first ticket after an event took, and at the end whether each receipt that was
 * given is given again, byte for byte.
 */
public final class FailOver {
  private static final long RETRY_NANOS = 2_000_000;
  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final int WARM_UP_TICKETS = 50;

  private final URI site;
  private final String draw;
  private final String token;
  private final Map<String, String> receipts = new LinkedHashMap<>(); // by key

  /**
   * @param draw {@code game/id}, on sale
   */
  public FailOver(URI site, String draw) throws IOException {
    this.site = site;
    this.draw = draw;
    try (Connection connection = new Connection(site)) {
      this.token = TicketBench.signUp(connection, draw, "failover");
    }
  }

  /** Buys a few tickets, lets {@code event} happen, and buys on: the time to the next receipt. */
  public Duration after(Runnable event) throws IOException {
    for (int i = 0; i < WARM_UP_TICKETS; i++) {
      buy();
    }
    event.run();
    long began = System.nanoTime();
    buy();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Receipts given so far. */
  public int given() {
    return receipts.size();
  }

  /** Asks for every receipt again: how many are gone or have other bytes. */
  public int lost() throws IOException {
    int lost = 0;
    for (Map.Entry<String, String> given : receipts.entrySet()) {
      lost += given.getValue().equals(receipt(given.getKey())) ? 0 : 1;
    }
    return lost;
  }

  private void buy() throws IOException {
    String key = UUID.randomUUID().toString();
    receipts.put(key, receipt(key));
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
