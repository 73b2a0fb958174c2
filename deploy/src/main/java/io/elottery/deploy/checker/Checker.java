package io.elottery.deploy.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.checker.Finding;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.id.PlayerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Players of its own who buy tickets through the public API, and a journal of what they were told.
 *
 * <p>Checks as it goes, and at {@link #readBack}, that what was acknowledged is there once with the
 * receipt that was given, that nothing refused and nothing unasked is there, that positions agree
 * with real time and that money is conserved. It knows nothing of the inside. Thread-safe.
 */
public final class Checker implements AutoCloseable {
  private static final int ABROAD = 4; // one player in so many buys in another branch's draws
  private static final Duration RESOLVED = Duration.ofSeconds(75);

  private final Config config;
  private final PublicApi api;
  private final Journal journal;
  private final Testimony testimony;
  private final List<CheckingPlayer> players = new ArrayList<>();
  private final long began = System.nanoTime();

  /**
   * What it does.
   *
   * @param site {@code http://host:port}
   * @param branches whose draws are bought, each by players of its own, and now and then by those
   *     of another one
   * @param players how many buy at once
   * @param perSecond tickets of all together; 0 for as many as are answered
   */
  public record Config(
      String site, List<String> branches, int players, double perSecond, Path journal) {
    /** Checks the ranges. */
    public Config {
      branches = List.copyOf(branches);
      if (branches.isEmpty() || players < 1 || perSecond < 0) {
        throw new IllegalArgumentException(
            "a checker needs a branch, a player and a rate of 0 … ∞");
      }
    }
  }

  /**
   * Opens the journal, and goes on where it ends.
   *
   * @param told of each finding as it is made; on any thread
   * @throws IllegalArgumentException when the file is no journal
   */
  public Checker(Config config, Consumer<Finding> told) throws IOException {
    this.config = config;
    this.api = new PublicApi(config.site());
    this.journal = Journal.open(config.journal());
    this.testimony = new Testimony(journal, told);
  }

  /** Lets the players buy. */
  public void start() {
    Pace pace = new Pace(config.perSecond());
    for (int i = 0; i < config.players(); i++) {
      int home = i % config.branches().size();
      int draws = i % ABROAD == ABROAD - 1 ? (home + 1) % config.branches().size() : home;
      players.add(
          new CheckingPlayer(
              config.branches().get(home),
              config.branches().get(draws),
              api,
              journal.password(),
              testimony,
              pace));
    }
    players.forEach(Thread::start);
  }

  /** Nobody begins another purchase; waits until those under way are known, or given up. */
  public void stop() throws InterruptedException {
    players.forEach(CheckingPlayer::finish);
    for (CheckingPlayer player : players) {
      player.join(RESOLVED.toMillis());
    }
  }

  /**
   * Reads back everything that was ever acknowledged to this journal's players.
   *
   * @param receipts of each player at most so many are compared byte by byte, all others by their
   *     place and price
   * @param progress told a line now and then
   * @throws IOException when it cannot be read: then nothing is known
   */
  public void readBack(int receipts, Consumer<String> progress) throws IOException {
    List<PlayerId> all = testimony.look(History::players);
    ReadBack reading = new ReadBack(api, journal.password(), testimony);
    int done = 0;
    for (PlayerId player : all) {
      reading.read(player, receipts);
      done++;
      progress.accept("read back " + done + " of " + all.size() + " players");
    }
  }

  /**
   * Money of whole branches, as the staff port tells it.
   *
   * @return what is on its way between branches, by currency: zero when nothing is
   */
  public SortedMap<String, Long> conserved(JsonNode accounts) {
    SortedMap<String, Long> onItsWay = new TreeMap<>();
    for (JsonNode branch : accounts.path("branches")) {
      for (JsonNode money : branch.path("balances")) {
        String currency = money.path("currency").asText();
        String whose = branch.path("branch").asText() + " " + currency;
        onItsWay.merge(currency, money.path("abroad").asLong(), Long::sum);
        long there = 0;
        for (String account : List.of("balances", "stakes", "house", "carried", "abroad")) {
          there += money.path(account).asLong();
        }
        long all = there;
        testimony.judge(history -> history.conserved(whose, money.path("issued").asLong(), all));
      }
    }
    return onItsWay;
  }

  /** What one branch gave to another never came there, and nothing moves any more. */
  public void neverCame(SortedMap<String, Long> stranded) {
    stranded.forEach(
        (currency, amount) ->
            testimony.judge(
                history -> history.conserved("between branches, " + currency, amount, 0)));
  }

  /** Whether nothing was found that must not be. */
  public boolean isClean() {
    return testimony.look(History::isClean);
  }

  /** Tickets acknowledged so far, those of earlier runs with this journal included. */
  public long acknowledged() {
    return testimony.look(history -> history.counts().acknowledged());
  }

  /** The longest time without an acknowledgement since this was asked last. */
  public Duration takeLongestGap() {
    return testimony.takeLongestGap();
  }

  /** All counts and findings. */
  public ObjectNode tree() {
    return testimony.look(
        history -> {
          ObjectNode tree = JsonNodeFactory.instance.objectNode();
          History.Counts counts = history.counts();
          tree.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3)
              .put("sent", counts.sent())
              .put("acknowledged", counts.acknowledged())
              .put("refused", counts.refused())
              .put("unanswered", counts.unanswered())
              .put("askedAgain", testimony.askedAgain())
              .put("players", history.players().size());
          ObjectNode found = tree.putObject("found");
          history.found().forEach((kind, count) -> found.put(kind.name(), count));
          var findings = tree.putArray("findings");
          history
              .findings()
              .forEach(
                  finding ->
                      findings
                          .addObject()
                          .put("kind", finding.kind().name())
                          .put("what", finding.what()));
          return tree;
        });
  }

  /** All counts in one line. */
  public String line() {
    JsonNode tree = tree();
    double seconds = tree.path("seconds").asDouble();
    long found = 0;
    for (JsonNode count : tree.path("found")) {
      found += count.asLong();
    }
    return String.format(
        Locale.ROOT,
        "sent %d  acknowledged %d  refused %d  unanswered %d  asked again %d  %.1f/s  findings %d",
        tree.path("sent").asLong(),
        tree.path("acknowledged").asLong(),
        tree.path("refused").asLong(),
        tree.path("unanswered").asLong(),
        tree.path("askedAgain").asLong(),
        tree.path("acknowledged").asLong() / Math.max(seconds, 0.001),
        found);
  }

  /** Closes the journal; the players should be stopped. */
  @Override
  public void close() throws IOException {
    players.forEach(CheckingPlayer::finish);
    journal.close();
  }
}
