package io.elottery.controller.draws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.reports.roster.Party;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the parties file while this main acts for LEFT. What the founders set up is published
 * as it becomes complete (LEFT, RIGHT and an auditor); from then on every change waits until one
 * officer proposed and another approved exactly that file. On main's loop.
 */
public final class PartiesDesk implements Duty, ActionHandler {
  /** Kind of the proposal. */
  public static final String KIND = "PARTIES_FILE";

  private static final Logger log = LoggerFactory.getLogger(PartiesDesk.class);
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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
      LotteryCalls lottery,
      ApprovedActions approvals) {}

  private final Ports ports;
  private final TreeMap<Integer, byte[]> receiptKeys = new TreeMap<>();
  private Optional<PartiesFile> published = Optional.empty();
  private Optional<PartiesChange> waiting = Optional.empty();
  private boolean busy;
  private @Nullable Timer rounds;

  /** Does nothing until this main acts for LEFT. */
  public PartiesDesk(Ports ports) {
    this.ports = ports;
    ports.approvals.on(KIND, this);
  }

  /** Begins to serve; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    calls.add(
        "GET",
        "/parties/waiting",
        Set.of(StaffRole.OFFICER, StaffRole.OPERATIONS, StaffRole.AUDITOR),
        request -> CompletableFuture.completedFuture(StaffAnswer.ok(shown())));
    calls.add(
        "POST",
        "/parties/propose",
        Set.of(StaffRole.OFFICER),
        request -> ports.approvals.proposeFor(request.who(), KIND, action()));
  }

  /** The file in force, as far as this main has read it since it acts. */
  public Optional<PartiesFile> published() {
    return published;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT && rounds == null) {
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

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    if (waiting.isEmpty()) {
      throw ActionRefused.conflict("NOTHING_WAITS", "No change of the parties file waits.");
    }
    PartiesChange change = waiting.get();
    if (!action.path("sha256").asText().equals(change.hash())) {
      throw ActionRefused.conflict(
          "OTHER_FILE", "The file that waits is another one by now; look at it again.");
    }
    return new Described(change.words(), change.hash());
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    String hash = ProposedAction.of(proposal).path("sha256").asText();
    Optional<PartiesChange> change = waiting.filter(each -> each.hash().equals(hash));
    if (change.isEmpty()) {
      boolean done = published.filter(file -> PartiesChange.hash(file).equals(hash)).isPresent();
      return done
          ? CompletableFuture.completedFuture("The parties file is published.")
          : CompletableFuture.failedFuture(
              new IllegalStateException("the file approved is not the one that waits"));
    }
    return publish(change.get().next())
        .thenApply(
            done -> {
              if (!done) {
                throw new IllegalStateException("nobody took the parties file; propose it again");
              }
              waiting = Optional.empty();
              return "The parties file is published.";
            });
  }

  private ObjectNode action() {
    return JSON.objectNode().put("sha256", waiting.map(PartiesChange::hash).orElse(""));
  }

  private ObjectNode shown() {
    ObjectNode body = JSON.objectNode();
    body.put("published", published.map(PartiesFile::version).orElse(0L));
    if (waiting.isPresent()) {
      body.putObject("waiting")
          .put("version", waiting.get().next().version())
          .put("sha256", waiting.get().hash())
          .put("words", waiting.get().words());
    } else {
      body.putNull("waiting");
    }
    return body;
  }

  private void round() {
    if (busy || ports.roster.ring().isEmpty()) {
      return;
    }
    busy = true;
    keys()
        .thenCompose(known -> published.isPresent() ? here() : look())
        .thenCompose(there -> there ? settle() : CompletableFuture.completedFuture(false))
        .whenComplete(
            (done, problem) -> {
              busy = false;
              if (problem != null && !VaultSealed.isBehind(problem)) {
                log.warn("parties file not looked after, again soon: {}", problem.toString());
              }
            });
  }

  private static CompletableFuture<Boolean> here() {
    return CompletableFuture.completedFuture(true);
  }

  private CompletableFuture<Boolean> look() {
    return ports
        .lottery
        .ask(new LotteryQuery.PartiesFile())
        .thenApply(
            answer -> {
              if (answer.isPresent()) {
                published = fileOf(answer.get());
              }
              return answer.isPresent();
            });
  }

  private CompletableFuture<Boolean> settle() {
    PartiesFile next = wanted();
    if (published.filter(file -> PartiesChange.isSame(file, next)).isPresent()) {
      waiting = Optional.empty();
      return here();
    }
    if (published.filter(PartiesChange::isComplete).isPresent()) {
      hold(new PartiesChange(published.get(), next));
      return here();
    }
    return publish(next);
  }

  private void hold(PartiesChange change) {
    if (waiting.filter(change::equalsIn).isEmpty()) {
      log.warn("parties file: a change waits for two officers: {}", change.words());
      waiting = Optional.of(change);
    }
  }

  private CompletableFuture<Boolean> publish(PartiesFile file) {
    return ports
        .lottery
        .deliver(
            new CatalogCommand.PublishParties(new String(file.toBytes(), StandardCharsets.UTF_8)))
        .thenApply(
            reply -> {
              if (reply.isPresent() && !(reply.get() instanceof LotteryReply.Refused)) {
                log.info("parties file version {} published", file.version());
                published = Optional.of(file);
                return true;
              }
              log.warn("parties file version {} not taken: {}", file.version(), reply);
              published = Optional.empty();
              return false;
            });
  }

  private PartiesFile wanted() {
    TreeMap<String, byte[]> keys = new TreeMap<>();
    for (Party party : ports.roster.parties()) {
      keys.put(party.name(), party.publicKey());
    }
    return new PartiesFile(published.map(PartiesFile::version).orElse(0L) + 1, keys, receiptKeys);
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
