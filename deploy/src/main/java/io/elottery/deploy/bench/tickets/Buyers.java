package io.elottery.deploy.bench.tickets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Players who buy ticket after ticket, each waiting for its receipt, over kept-alive connections on
 * the calling thread alone: on two cores the measuring side must cost little. A purchase that is
 * still pending is asked for again with its key.
 */
public final class Buyers {
  private static final long LOOK_MILLIS = 50;
  private static final long SPARE_NANOS = 5_000_000_000L;

  private final URI site;
  private final List<Player> players;

  /**
   * @param site {@code http://host:port}
   * @param players who take turns where they are more than the connections, and share themselves
   *     where they are fewer
   */
  public Buyers(URI site, List<Player> players) {
    this.site = site;
    this.players = List.copyOf(players);
  }

  /**
   * What came out.
   *
   * @param sorted nanoseconds of each good answer, ascending
   * @param refused answers that were no receipt, and connections lost
   */
  public record Result(long[] sorted, long refused, Duration measured, String firstRefusal) {
    /** Receipts a second. */
    public double perSecond() {
      return sorted.length / (measured.toNanos() / 1e9);
    }

    /** The time, in milliseconds, that this share of the answers took at most. */
    public double millisAt(double share) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }
  }

  /** Told when the measured part begins and when it has ended. */
  public interface Marks {
    /** The first measured request is about to leave. */
    void begins() throws IOException;

    /** The last one was answered. */
    void ends() throws IOException;
  }

  /** Buys for a while; only the measured part counts. */
  public Result buy(int connections, Duration warmUp, Duration measured, Marks marks)
      throws IOException {
    List<Buyer> buyers = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      try {
        InetSocketAddress at = new InetSocketAddress(site.getHost(), site.getPort());
        for (int i = 0; i < connections; i++) {
          List<Player> mine = new ArrayList<>();
          for (int j = i; mine.isEmpty() || j < players.size(); j += connections) {
            mine.add(players.get(j % players.size()));
          }
          buyers.add(new Buyer(selector, at, new Purchase(site, mine)));
        }
        run(selector, buyers, System.nanoTime() + warmUp.toNanos());
        buyers.forEach(Buyer::forget);
        marks.begins();
        long began = System.nanoTime();
        run(selector, buyers, began + measured.toNanos());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        marks.ends();
        return result(buyers, took);
      } finally {
        for (Buyer buyer : buyers) {
          buyer.close();
        }
      }
    }
  }

  private static void run(Selector selector, List<Buyer> buyers, long until) throws IOException {
    for (Buyer buyer : buyers) {
      buyer.begin();
    }
    long now = System.nanoTime();
    while (now < until || (now < until + SPARE_NANOS && buyers.stream().anyMatch(Buyer::waits))) {
      selector.select(LOOK_MILLIS);
      now = System.nanoTime();
      for (SelectionKey key : selector.selectedKeys()) {
        ((Buyer) key.attachment()).readable(now < until);
      }
      selector.selectedKeys().clear();
    }
  }

  private static Result result(List<Buyer> buyers, Duration took) {
    long[] all = buyers.stream().map(Buyer::times).flatMapToLong(Arrays::stream).sorted().toArray();
    long refused = buyers.stream().mapToLong(Buyer::refused).sum();
    String first =
        buyers.stream().map(Buyer::refusal).filter(text -> !text.isEmpty()).findFirst().orElse("");
    return new Result(all, refused, took, first);
  }
}
