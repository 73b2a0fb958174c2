package io.elottery.web.local;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.Head;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.foreign.ForeignErrand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.machine.LotteryMachine;
import io.elottery.lottery.machine.ReceiptSigning;
import io.elottery.lottery.party.DrawLedger;
import io.elottery.lottery.party.PartyRunner;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.RulesRefused;
import io.elottery.web.ledger.Heads;
import io.elottery.web.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The whole lottery in this process: the real state machine and three real parties on one loop,
 * without network or disk. What the ledger says of a command can be spoiled.
 */
public final class LocalLottery implements Ledger, Lifecycle {
  private static final Duration ROUND = Duration.ofMillis(20);
  private static final List<BranchId> BRANCHES =
      List.of(BranchId.of("MTL"), BranchId.of("OTW"), BranchId.of("TOR"));

  private final Time time = new SystemTime();
  private final RandomSource random = new SecureRandomSource();
  private final NodeLoop loop =
      new NodeLoop(
          "lottery",
          time,
          100_000,
          (where, problem) -> {
            throw new AssertionError(where, problem);
          });
  private final LoopThread thread = new LoopThread("local", loop);
  private final LotteryMachine machine = new LotteryMachine();
  private final TestKey receiptKey = new TestKey();
  private final List<PartyRunner> parties = new ArrayList<>();
  private final AtomicReference<Spoil> spoil = new AtomicReference<>(Spoil.NOTHING);
  private final AtomicReference<Heads> told = new AtomicReference<>(Heads.NONE);
  private long position;

  /** What goes wrong from now on. */
  public enum Spoil {
    /** All is well. */
    NOTHING,
    /** Commands are done, their answers lost. */
    ANSWERS_LOST,
    /** Commands are lost on the way, which nobody knows. */
    COMMANDS_LOST,
    /** Nobody is reached. */
    AWAY,
    /** Too much waits. */
    BUSY,
    /** The branches do not reach each other. */
    APART
  }

  /** With these games. */
  public LocalLottery(GameFile... games) {
    TreeMap<String, byte[]> keys = new TreeMap<>();
    for (String name : List.of("AUDITOR", "LEFT", "RIGHT")) {
      TestKey key = new TestKey();
      keys.put(name, key.publicKey());
      parties.add(
          new PartyRunner(
              PartyName.of(name),
              new PartyRunner.Ports(partyLedger(), key, loop, time),
              () -> BRANCHES,
              ROUND));
    }
    for (GameFile game : games) {
      execute(
          new CatalogCommand.DefineGame(
              GameName.of(game.rules().name()),
              CanonicalJson.text(game.rules().toJson()),
              CanonicalJson.text(game.columns().toJson())));
    }
    TreeMap<Integer, byte[]> receiptKeys = new TreeMap<>();
    receiptKeys.put(0, receiptKey.publicKey());
    execute(
        new CatalogCommand.PublishParties(
            new String(new PartiesFile(1, keys, receiptKeys).toBytes(), StandardCharsets.UTF_8)));
  }

  /** A game as shipped, in the players' currency. */
  public static GameFile game(String name) {
    try {
      Path file = Path.of("..", "deploy", "games", name + ".yaml");
      return GameFile.fromYaml(
          Files.readString(file).replaceFirst("currency: [A-Z]{3}", "currency: CAD"));
    } catch (IOException | RulesRefused broken) {
      throw new AssertionError(broken);
    }
  }

  @Override
  public void start() {
    thread.start();
    loop.post(this::turn);
    loop.post(() -> parties.forEach(PartyRunner::start));
  }

  @Override
  public void close() {
    loop.post(() -> parties.forEach(PartyRunner::close));
    thread.close();
  }

  /** From now on. */
  public void spoil(Spoil how) {
    spoil.set(how);
  }

  /** The key receipts are signed with. */
  public byte[] receiptKey() {
    return receiptKey.publicKey();
  }

  @Override
  public CompletableFuture<Delivery> deliver(String actorKey, byte[] command) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    Spoil how = spoil.get();
    loop.post(() -> result.complete(spoiled(how, command)));
    return result;
  }

  @Override
  public CompletableFuture<Delivery> ask(String actorKey, byte[] query) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    Spoil how = spoil.get();
    loop.post(
        () ->
            result.complete(
                how == Spoil.AWAY
                    ? new Delivery.Unavailable("away")
                    : answered(machine.query(query, position))));
    return result;
  }

  @Override
  public CompletableFuture<Void> pause(Duration length) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    loop.post(() -> loop.after(length, () -> result.complete(null)));
    return result;
  }

  private Delivery spoiled(Spoil how, byte[] command) {
    return switch (how) {
      case NOTHING, APART -> answered(execute(command));
      case ANSWERS_LOST -> {
        execute(command);
        yield new Delivery.Unknown("the answer was lost");
      }
      case COMMANDS_LOST -> new Delivery.Unknown("no answer");
      case AWAY -> new Delivery.Unavailable("away");
      case BUSY -> new Delivery.Busy(Duration.ofSeconds(3));
    };
  }

  private Delivery answered(byte[] body) {
    return new Delivery.Answered(
        new ShardId(0), new LogPosition(position), ReceiptSigning.finish(body, receiptKey));
  }

  /** Makes a head of what happened so far; nobody signs it. */
  public byte[] tellHead() {
    CompletableFuture<byte[]> state = new CompletableFuture<>();
    loop.post(
        () -> {
          byte[] none = new byte[Head.HASH_BYTES];
          byte[] digest = machine.takeDigest();
          LogPosition at = new LogPosition(position);
          Head head =
              new Head(new ShardId(0), position, at, position, time.now(), none, digest, none);
          told.set(
              new Heads(Optional.empty(), List.of(new CountersignedHead(head, new TreeMap<>()))));
          state.complete(digest);
        });
    return state.join();
  }

  @Override
  public Heads heads(int shard) {
    return shard == 0 ? told.get() : Heads.NONE;
  }

  private void execute(LotteryCommand command) {
    execute(command.encode());
  }

  private byte[] execute(byte[] command) {
    return machine.execute(time.now(), random.bytes(32), ++position, command);
  }

  // As a writer does: what time alone changes happens by a command.
  private void turn() {
    if (machine.nextWake().filter(at -> !at.isAfter(time.now())).isPresent()) {
      execute(machine.wakeCommand());
    }
    if (spoil.get() != Spoil.APART) {
      machine.errands(100, id -> false).forEach(this::run);
    }
    loop.after(ROUND, this::turn);
  }

  // As the writers of two branches do.
  private void run(ForeignErrand errand) {
    byte[] reply = ReceiptSigning.finish(execute(errand.command().encode()), receiptKey);
    try {
      errand.after(LotteryReply.decode(reply)).ifPresent(this::execute);
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }

  private DrawLedger partyLedger() {
    return new DrawLedger() {
      @Override
      public CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command) {
        return CompletableFuture.completedFuture(Optional.of(execute(command)));
      }

      @Override
      public CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query) {
        return CompletableFuture.completedFuture(Optional.of(machine.query(query, position)));
      }
    };
  }
}
