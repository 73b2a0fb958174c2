package io.elottery.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * One player who buys ticket after ticket and asks again with the same key when an answer is lost;
 * tells how long the first ticket after an event took.
 */
public final class FailOver {
  private static final long RETRY_NANOS = 2_000_000;
  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final int WARM_UP_TICKETS = 50;

  private final URI site;
  private final String draw;
  private final String token;

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

  private void buy() throws IOException {
    String key = UUID.randomUUID().toString();
    long began = System.nanoTime();
    while (!sealed(key)) {
      if (System.nanoTime() - began > GIVE_UP.toNanos()) {
        throw new IOException("no receipt in " + GIVE_UP);
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private boolean sealed(String key) {
    try (Connection connection = new Connection(site)) {
      int status = TicketBench.buy(connection, draw, token, key).status();
      return status == 200 || status == 201;
    } catch (IOException lost) {
      return false;
    }
  }
}
