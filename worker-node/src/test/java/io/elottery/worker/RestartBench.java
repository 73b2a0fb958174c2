package io.elottery.worker;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.node.LedgerConfig;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.rocksdb.RocksStore;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.ticket.Wager;
import io.elottery.worker.shards.LotteryReplica;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a worker's store takes to open with many tickets in one draw, how large it is, and how
 * long the longest turn of the loop was while they were sold (a snapshot is made in one; what the
 * compiler has not come to yet counts too). By hand: {@code -Dtickets=1000000}.
 */
@Tag("bench")
final class RestartBench {
  private static final int TICKETS = Integer.getInteger("tickets", 20_000);
  private static final int UNDER_WAY = 2_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long CREDIT =
      1_000_000_000L; // minor units: the most a player may begin with
  private static final NodeId ID = NodeId.of("worker-1");
  private static final NodeId CLIENT = NodeId.of("gateway-1");
  private static final BranchId TOR = BranchId.of("TOR");
  private static final Octets TOKEN = Octets.wrap(new byte[32]);
  private static final DrawRef DRAW =
      new DrawRef(GameName.of("powerball"), DrawId.parse("TORM211196"));

  private final Path directory;
  private final Ring ring = RingBuilder.place(List.of(ID), 1, 5);
  private long longestTurnNanos; // processor time

  RestartBench(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void restart() throws Exception {
    long began = System.nanoTime();
    try (Town town = new Town()) {
      sell(town);
    }
    double sold = seconds(began);
    double longest = longestTurnNanos / 1e6;
    began = System.nanoTime();
    try (Town town = new Town()) {
      double opened = seconds(began);
      town.until(town::writes);
      System.out.printf(
          "%d tickets: sold in %.1f s (longest turn %.0f ms of processor time); restart %.2f s to the store's records"
              + " in memory, %.2f s to writing; %.1f MiB on disk, heap %.0f MiB%n",
          TICKETS, sold, longest, opened, seconds(began), size() / 1048576.0, heap() / 1048576.0);
    }
  }

  private void sell(Town town) throws Exception {
    PasswordHash password =
        new PasswordHash(Octets.wrap(new byte[32]), Octets.wrap(new byte[16]), 1);
    PlayerId player =
        ((LotteryReply.Registered)
                town.done(
                    new AccountCommand.RegisterPlayer(
                        TOR, "Ann", password, Money.of(CREDIT, "CAD"), RequestKey.of("ann"))))
            .player();
    town.done(new AccountCommand.OpenSession(player, TOKEN, Duration.ofHours(9)));
    List<PartyKey> parties = new ArrayList<>();
    for (String name : List.of("AUDITOR", "LEFT", "RIGHT")) {
      parties.add(new PartyKey(PartyName.of(name), Octets.wrap(new byte[32])));
    }
    String rules =
        CanonicalJson.text(
            GameFile.fromYaml(Files.readString(Path.of("..", "deploy", "games", "powerball.yaml")))
                .rules()
                .toJson());
    town.done(
        new DrawCommand.OpenDraw(
            Requester.tool("bench"),
            DRAW.game(),
            rules,
            DRAW.id(),
            false,
            10_000_000,
            new SaleEnd.After(Duration.ofHours(9)),
            parties,
            Octets.wrap(new byte[32]),
            RequestKey.of("open")));
    for (PartyKey party : parties) {
      town.done(new PartyCommand.CommitShare(DRAW, party.name(), Octets.wrap(new byte[32])));
    }
    int[] open = {0};
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < TICKETS; i++) {
      RequestKey key = RequestKey.of("k" + i);
      open[0]++;
      town.send(new TicketCommand.BuyTicket(player, TOKEN, DRAW, new Wager.QuickPick(1), key))
          .whenComplete(
              (reply, problem) -> {
                open[0]--;
                outcomes.merge(
                    problem == null ? reply.getClass().getSimpleName() : "" + problem,
                    1,
                    Integer::sum);
              });
      town.until(() -> open[0] < UNDER_WAY);
    }
    town.until(() -> open[0] == 0);
    System.out.println(outcomes);
  }

  private long size() throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** One worker that alone holds the shard, and whoever asks it, on one loop. */
  private final class Town implements AutoCloseable {
    private final NodeLoop loop = new NodeLoop("ledger", new SystemTime(), 100_000, this::fault);
    private final RocksStore store =
        RocksStore.open(directory.resolve("ledger"), new SecureRandomSource());
    private final Switchboard client;
    private final LedgerNode node;

    Town() {
      Switchboard[] worker = new Switchboard[1];
      client =
          new Switchboard(
              1,
              (to, envelope) ->
                  loop.post(() -> worker[0].received(new Peer(CLIENT, Role.GATEWAY), envelope)),
              loop);
      worker[0] =
          new Switchboard(
              1,
              (to, envelope) ->
                  loop.post(() -> client.received(new Peer(ID, Role.WORKER), envelope)),
              loop);
      node =
          new LedgerNode(
              ID,
              new LedgerNode.Ports(
                  loop,
                  (to, envelope) -> false,
                  worker[0],
                  store,
                  () -> Long.MAX_VALUE,
                  new SecureRandomSource(),
                  this::fault),
              shard -> new LotteryReplica(),
              ReplyFinisher.none(),
              LedgerConfig.defaults());
      node.applyRing(ring);
    }

    boolean writes() {
      return node.status().get(0).group().writes()
          && node.status().get(0).group().appliedIndex()
              == node.status().get(0).group().commitIndex();
    }

    void until(BooleanSupplier done) {
      do {
        long began = THREADS.getCurrentThreadCpuTime();
        loop.poll();
        longestTurnNanos = Math.max(longestTurnNanos, THREADS.getCurrentThreadCpuTime() - began);
      } while (!done.getAsBoolean());
    }

    CompletableFuture<LotteryReply> send(LotteryCommand command) {
      Envelope call =
          CommandCall.command(command.actorKey(), Duration.ofMinutes(5), command.encode())
              .envelope();
      return client
          .call(ID, call, Duration.ofMinutes(5))
          .thenApply(
              answer -> {
                try {
                  Response response = Response.of(answer);
                  if (response instanceof Response.Answer known) {
                    return LotteryReply.decode(known.body());
                  }
                  throw new AssertionError(response.toString());
                } catch (MalformedMessage malformed) {
                  throw new AssertionError(malformed);
                }
              });
    }

    LotteryReply done(LotteryCommand command) {
      until(this::writes);
      CompletableFuture<LotteryReply> reply = send(command);
      until(reply::isDone);
      return reply.join();
    }

    private void fault(String where, Throwable problem) {
      throw new AssertionError(where, problem);
    }

    @Override
    public void close() {
      node.close();
      store.close();
    }
  }
}
