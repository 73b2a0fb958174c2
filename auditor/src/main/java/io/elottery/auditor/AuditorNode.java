package io.elottery.auditor;

import io.elottery.foundation.admin.AdminListener;
import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.metrics.RejectionMeters;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyJoin;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.keyvault.ca.ServerSignature;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.renewal.Renewal;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.keyvault.vault.DrawSecret;
import io.elottery.ledger.head.SignedHead;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.Route;
import io.elottery.lottery.party.PartyRunner;
import io.elottery.lottery.party.VoidAnswers;
import io.elottery.lottery.party.VoidRequest;
import io.elottery.lottery.party.VoidWitness;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One auditor, wired. Its parts live on one loop, which may wait for its own disk: nobody waits for
 * this server in turn.
 */
final class AuditorNode implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(AuditorNode.class);
  private static final int QUEUE = 10_000;
  private static final String DRAW_SECRET = "draw";

  private final AuditorConfig config;
  private final NettyRuntime runtime;
  private final Time time;
  private final RandomSource random;
  private final FaultHandler faults;
  private @Nullable Parts parts;

  AuditorNode(
      AuditorConfig config, NettyRuntime runtime, Time time, RandomSource random, Runnable stop) {
    this.config = config;
    this.runtime = runtime;
    this.time = time;
    this.random = random;
    this.faults = FaultTable.standard().handler(() -> {}, stop);
  }

  @Override
  public void start() {
    NodeKeys keys;
    DrawSecret secret;
    try {
      keys = NodeKeys.open(config.dir().resolve("keys"), config.node(), Role.AUDITOR, random);
      secret = DrawSecret.of(keys.secretOrFresh(DRAW_SECRET, random));
    } catch (KeyStoreUnreadable unreadable) {
      throw new IllegalStateException(unreadable.getMessage(), unreadable);
    }
    NodeLoop loop = new NodeLoop("auditor", time, QUEUE, faults);
    Lanes lanes = new Lanes();
    Connections connections = new Connections(loop, lanes);
    Revocations revocations = Revocations.open(config.dir().resolve("revocations"), Runnable::run);
    NettyTrunks trunks =
        new NettyTrunks(
            config.node(),
            Role.AUDITOR,
            config.trunk(),
            keys::sslContext,
            revocations::refusal,
            lanes,
            connections,
            runtime);
    Switchboard board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);

    revocations.onChange(newer -> trunks.recheck());
    revocations.serveOn(board);

    OwnSecret own = new OwnSecret(secret);
    Readiness readiness = new Readiness();
    MainContact mains = new MainContact(config.party(), own, board, loop, readiness.check("main"));
    mains.serve();
    connections.tell(mains);
    Mailroom mailroom =
        new Mailroom(
            board,
            Route.viaMains(config.mains().stream().map(MainAddress::id).toList()),
            loop,
            time,
            config.mailroom());
    MailroomDraws draws = new MailroomDraws(mailroom, config.patience());
    board.serve(
        VoidRequest.KIND,
        new VoidAnswers(new VoidWitness(config.party(), own, draws, time, config.stall())));
    PartyRunner runner =
        new PartyRunner(
            config.party(),
            new PartyRunner.Ports(draws, own, loop, time),
            config::branches,
            config.interval());

    HeadWitness heads =
        new HeadWitness(
            new HeadWitness.Ports(
                loop,
                mains::shards,
                mains::heads,
                (server, signed) -> isSealed(keys, server, signed),
                config.dir().resolve("heads"),
                readiness.check("ledger"),
                alarm -> mains.tellAll(alarm.envelope())));

    List<Lifecycle> all = new ArrayList<>();
    ProcessMetrics metrics = ProcessMetrics.of(config.node(), Role.AUDITOR).withJvm();
    RejectionMeters.register(metrics.registry(), "trunks", board.rejections());
    RejectionMeters.register(metrics.registry(), "trunks", lanes::dropped);
    FunctionCounter.builder("elottery.auditor.heads.taken", heads, HeadWitness::taken)
        .register(metrics.registry());
    Gauge.builder("elottery.auditor.ledger.alarms", heads, HeadWitness::alarms)
        .register(metrics.registry());
    config.admin().ifPresent(at -> all.add(new AdminListener(at, readiness, metrics)));
    all.add(trunks);
    all.add(new LoopThread(config.node().name(), loop));
    Parts running = new Parts(all);
    parts = running;
    Runnable begin =
        () -> {
          config.mains().forEach(main -> trunks.dial(main.id(), Role.MAIN, main.address()));
          new Renewal(keys, Renewal.over(board, mains::connected), Runnable::run, loop).start();
          runner.start();
          heads.start();
        };
    Enrolling enrolling =
        new Enrolling(
            keys,
            config,
            (main, trust, request, timeout) ->
                NettyJoin.call(main, trust, request, timeout, runtime),
            loop,
            begin);
    loop.execute(enrolling::begin);
    running.start();
    log.info("{} takes part in the draws as {}", config.node(), config.party());
  }

  private static boolean isSealed(NodeKeys keys, NodeId server, SignedHead signed) {
    return ServerSignature.isBy(
        server,
        Role.WORKER,
        signed.statementOf(server),
        signed.seal().signature(),
        signed.seal().certificate(),
        keys.authority());
  }

  @Override
  public void close() {
    Parts running = parts;
    parts = null;
    if (running != null) {
      running.close();
    }
  }

  /** Carries what connections' threads tell to the loop. */
  private static final class Connections implements ConnectionListener {
    private final NodeLoop loop;
    private final Lanes lanes;
    private @Nullable MainContact mains; // Set before the trunks start.

    Connections(NodeLoop loop, Lanes lanes) {
      this.loop = loop;
      this.lanes = lanes;
    }

    void tell(MainContact told) {
      mains = told;
    }

    @Override
    public void connected(Peer peer) {
      MainContact told = mains;
      if (told != null) {
        loop.post(() -> told.connected(peer));
      }
    }

    @Override
    public void disconnected(Peer peer, String why) {
      lanes.disconnected(peer.id());
      MainContact told = mains;
      if (told != null) {
        loop.post(() -> told.disconnected(peer));
      }
    }
  }
}
