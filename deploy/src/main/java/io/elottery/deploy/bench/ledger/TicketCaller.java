package io.elottery.deploy.bench.ledger;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.lottery.command.TicketCommand.BuyTicket;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.config.WebConfig;
import io.elottery.web.network.GatewayNetwork;
import io.elottery.web.signin.SessionToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A gateway without its HTTP side, as a process of its own: with the keys of one that does not run,
 * it buys tickets through the mailroom. Its input is first the players' tokens, then runs.
 */
public final class TicketCaller {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final NodeLoop loop;
  private final Mailroom mailroom;
  private final List<SessionToken> players;
  private final DrawRef draw;
  private final Wager wager =
      new Wager.Marked(
          List.of(
              new Line(
                  new TreeMap<>(Map.of("main", List.of(3, 14, 15, 26, 53), "bonus", List.of(9))))));
  private final String key = UUID.randomUUID().toString().substring(0, 20);
  private long bought;

  private TicketCaller(NodeLoop loop, Mailroom mailroom, List<SessionToken> players, DrawRef draw) {
    this.loop = loop;
    this.mailroom = mailroom;
    this.players = players;
    this.draw = draw;
  }

  /**
   * Connects, and runs what its input says.
   *
   * @param args the configuration of the gateway, the draw as {@code game/id}
   */
  public static void main(String[] args)
      throws IOException, ConfigRefused, KeyStoreUnreadable, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<SessionToken> players =
        Arrays.stream(in.readLine().split(" "))
            .map(SessionToken::parse)
            .flatMap(Optional::stream)
            .toList();
    ConfigSource source = ConfigSource.load(Path.of(args[0]), Map.of(), List.of());
    WebConfig config = WebConfig.from(source);
    source.done();
    String[] draw = args[1].split("/");
    NodeLoop loop =
        new NodeLoop(
            "caller",
            new SystemTime(),
            100_000,
            FaultTable.standard().handler(() -> {}, () -> Runtime.getRuntime().halt(1)));
    NodeKeys keys =
        NodeKeys.open(
            config.dir().resolve("keys"), config.node(), Role.GATEWAY, new SecureRandomSource());
    Readiness readiness = new Readiness();
    try (NettyRuntime runtime = new NettyRuntime(1)) {
      runtime.start();
      try (GatewayNetwork network =
          new GatewayNetwork(
              keys,
              config.dir(),
              config.mains(),
              config.own(),
              Optional.empty(),
              runtime,
              loop,
              readiness.check("network"))) {
        Mailroom mailroom =
            new Mailroom(
                network.switchboard(), network.route(), loop, loop.time(), config.mailroom());
        network.start();
        long began = System.nanoTime();
        while (!readiness.isReady()) {
          if (System.nanoTime() - began > READY_MAX.toNanos()) {
            throw new IOException("not connected: " + readiness.checks());
          }
          LockSupport.parkNanos(20_000_000);
        }
        TicketCaller caller =
            new TicketCaller(loop, mailroom, players, DrawRef.of(draw[0], draw[1]));
        UnderWay.serve(in, System.out, loop, caller::buy);
      }
    }
  }

  private void buy(UnderWay all) {
    SessionToken player = players.get((int) (bought % players.size()));
    BuyTicket command =
        new BuyTicket(player.player(), player.digest(), draw, wager, RequestKey.of(key + bought++));
    long began = System.nanoTime();
    mailroom
        .deliver(command.actorKey(), command.encode(), PATIENCE)
        .thenAccept(delivery -> loop.post(() -> all.ended(began, refusal(delivery))));
  }

  private static @Nullable String refusal(Delivery delivery) {
    if (delivery instanceof Delivery.Answered answered) {
      try {
        return LotteryReply.decode(answered.body()) instanceof LotteryReply.TicketSealed
            ? null
            : LotteryReply.decode(answered.body()).toString();
      } catch (MalformedMessage malformed) {
        return malformed.getMessage();
      }
    }
    return delivery.toString();
  }
}
