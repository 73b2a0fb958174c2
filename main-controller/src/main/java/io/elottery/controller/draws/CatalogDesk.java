package io.elottery.controller.draws;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.vault.Vault;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.reports.roster.Party;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog complete while this main acts for LEFT: games and past results of a new
 * network, and the parties file whenever a party or a shard's receipt key is new. What is there
 * already is never overwritten by a seed. On main's loop.
 */
public final class CatalogDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(CatalogDesk.class);
  private static final Duration ROUND = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param loop main's, for futures that end elsewhere
   */
  public record Ports(
      Timers timers,
      Executor loop,
      Hemispheres halves,
      RosterKeeper roster,
      Vault vault,
      LotteryCalls lottery) {}

  private final Ports ports;
  private final Seeds seeds;
  private final TreeMap<Integer, byte[]> receiptKeys = new TreeMap<>();
  private Optional<PartiesFile> published = Optional.empty();
  private boolean seeded;
  private boolean busy;
  private @Nullable Timer rounds;

  /** Does nothing until this main acts for LEFT. */
  public CatalogDesk(Ports ports, Seeds seeds) {
    this.ports = ports;
    this.seeds = seeds;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT && rounds == null) {
      seeded = false;
      published = Optional.empty();
      rounds = ports.timers.every(ROUND, this::round);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT && rounds != null) {
      rounds.cancel();
      rounds = null;
    }
  }

  private void round() {
    if (busy || ports.roster.ring().isEmpty()) {
      return;
    }
    busy = true;
    CompletableFuture<Boolean> seeding = CompletableFuture.completedFuture(true);
    if (!seeded) {
      seeding = seed();
    }
    seeding
        .thenCompose(
            done -> {
              seeded = done;
              return done ? parties() : CompletableFuture.completedFuture(false);
            })
        .whenComplete(
            (done, problem) -> {
              busy = false;
              if (problem != null) {
                log.warn("catalog not complete, tried again soon: {}", problem.toString());
              }
            });
  }

  private CompletableFuture<Boolean> seed() {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (CatalogCommand.DefineGame game : seeds.games()) {
      all =
          all.thenCompose(
              going ->
                  going
                      ? missing(new LotteryQuery.GameRules(game.game()), game)
                      : CompletableFuture.completedFuture(false));
    }
    for (CatalogCommand.ImportResults results : seeds.results()) {
      LotteryQuery first =
          new LotteryQuery.PastResults(
              results.game(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
      all =
          all.thenCompose(
              going -> going ? missing(first, results) : CompletableFuture.completedFuture(false));
    }
    return all;
  }

  // Delivers the command when the catalog has nothing to answer to the query.
  private CompletableFuture<Boolean> missing(LotteryQuery query, LotteryCommand command) {
    return ports
        .lottery
        .ask(query)
        .thenCompose(
            answer -> {
              if (answer.isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              return isNothing(answer.get())
                  ? deliver(command)
                  : CompletableFuture.completedFuture(true);
            });
  }

  private static boolean isNothing(LotteryAnswer answer) {
    if (answer instanceof LotteryAnswer.PastResultsFound found) {
      return found.items().isEmpty();
    }
    return answer instanceof LotteryAnswer.Unanswered;
  }

  // A refusal is final: a seed that the lottery refuses once it refuses always.
  private CompletableFuture<Boolean> deliver(LotteryCommand command) {
    return ports
        .lottery
        .deliver(command)
        .thenApply(
            reply -> {
              reply.ifPresent(
                  said -> {
                    if (said instanceof LotteryReply.Refused refused) {
                      log.error("catalog refuses {}: {}", command.tag(), refused.why());
                    } else {
                      log.info("catalog: {}", said);
                    }
                  });
              return reply.isPresent();
            });
  }

  private CompletableFuture<Boolean> parties() {
    return keys()
        .thenCompose(
            known -> {
              if (published.isPresent() && sameAs(published.get())) {
                return CompletableFuture.completedFuture(true);
              }
              return ports
                  .lottery
                  .ask(new LotteryQuery.PartiesFile())
                  .thenCompose(answer -> publish(answer));
            });
  }

  private CompletableFuture<Boolean> publish(Optional<LotteryAnswer> answer) {
    if (answer.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    Optional<PartiesFile> there = fileOf(answer.get());
    if (there.isPresent() && sameAs(there.get())) {
      published = there;
      return CompletableFuture.completedFuture(true);
    }
    long version = there.map(PartiesFile::version).orElse(0L) + 1;
    PartiesFile file = new PartiesFile(version, partyKeys(), receiptKeys);
    return deliver(
            new CatalogCommand.PublishParties(new String(file.toBytes(), StandardCharsets.UTF_8)))
        .thenApply(
            done -> {
              if (done) {
                published = Optional.of(file);
              }
              return done;
            });
  }

  private CompletableFuture<Boolean> keys() {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    int shards = ports.roster.ring().map(Ring::shards).orElse(0);
    for (int shard = 0; shard < shards; shard++) {
      int number = shard;
      if (!receiptKeys.containsKey(number)) {
        all =
            all.thenCombineAsync(
                ports.vault.receiptKey(number).thenApply(ReceiptKeyGrant::publicKey),
                (going, key) -> receiptKeys.put(number, key) == null,
                ports.loop);
      }
    }
    return all;
  }

  private boolean sameAs(PartiesFile file) {
    return same(file.parties(), partyKeys()) && same(file.receiptKeys(), receiptKeys);
  }

  private SortedMap<String, byte[]> partyKeys() {
    TreeMap<String, byte[]> keys = new TreeMap<>();
    for (Party party : ports.roster.parties()) {
      keys.put(party.name(), party.publicKey());
    }
    return keys;
  }

  private static <K> boolean same(SortedMap<K, byte[]> one, SortedMap<K, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), other.get(entry.getKey())));
  }

  private static Optional<PartiesFile> fileOf(LotteryAnswer answer) {
    if (answer instanceof LotteryAnswer.PartiesFound found) {
      try {
        return Optional.of(PartiesFile.parse(found.parties().getBytes(StandardCharsets.UTF_8)));
      } catch (JsonRefused refused) {
        log.warn("the published parties file cannot be read: {}", refused.getMessage());
      }
    }
    return Optional.empty();
  }
}
