package io.elottery.controller.app;

import io.elottery.controller.draws.Seeds;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.relay.Relay;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.foundation.admin.AdminListener;
import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.metrics.RejectionMeters;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.reports.roster.RosterMain;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A main with its sockets and its thread around the {@link Desks}. */
final class ControllerNode implements Controller {
  private static final int QUEUE = 100_000;
  private static final Duration RENEWAL_CHECK = Duration.ofHours(1);

  private final ControllerConfig config;
  private final NetworkPlan plan;
  private final TrunkConfig trunkConfig;
  private final NettyRuntime runtime;
  private final Runnable stop;
  private final PortsOpener opener;
  private final Time time = new SystemTime();
  private final RandomSource random = new SecureRandomSource();
  // Set by the starting thread; read and taken by others, the process's stop among them.
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  /** Opens what needs this main's keys. */
  interface PortsOpener {
    ControllerPorts open(MainIdentity identity, Time time, RandomSource random);
  }

  ControllerNode(
      ControllerConfig config,
      NetworkPlan plan,
      TrunkConfig trunkConfig,
      NettyRuntime runtime,
      Runnable stop,
      PortsOpener opener) {
    this.config = config;
    this.plan = plan;
    this.trunkConfig = trunkConfig;
    this.runtime = runtime;
    this.stop = stop;
    this.opener = opener;
  }

  @Override
  public void start() {
    MainIdentity identity = MainIdentity.open(config, random, time);
    Seeds seeds = Seeds.read(config.draws());
    ControllerPorts ports = opener.open(identity, time, random);
    // No fault is survived half-way: leadership ends with the session when the node stops.
    FaultHandler faults = FaultTable.standard().handler(() -> {}, stop);
    NodeLoop loop = new NodeLoop("main", time, QUEUE, faults);
    Lanes lanes = new Lanes();
    Connections connections = new Connections(loop, lanes);
    Revocations revocations = Revocations.open(config.dir().resolve("revocations"), Runnable::run);
    NettyTrunks network =
        new NettyTrunks(
            config.node(),
            Role.MAIN,
            trunkConfig,
            identity.keys()::sslContext,
            revocations::refusal,
            lanes,
            connections,
            runtime);
    NodeLoop relaying = new NodeLoop("relay", time, Relay.QUEUE, faults);
    Boards boards = Boards.of(lanes, network, loop, relaying);
    Switchboard board = boards.board();
    Relay relay = new Relay(relaying, boards.relayed(), config.mailroom(), config.relay());
    revocations.onChange(newer -> network.recheck());
    NodeKeys keys = identity.keys();
    TrunkCertificates certificates =
        new TrunkCertificates(
            revocations,
            node -> node.equals(config.node()) ? keys.certificate() : network.certificate(node),
            stop);
    NodeLoop disk = new NodeLoop("main-disk", time, QUEUE, faults);
    Desks desks =
        new Desks(config, plan, ports, identity.mine(disk), certificates, seeds, loop, board);
    connections.tell(desks::connected, desks::disconnected);
    // The loop's first task, so that nothing comes before it and the registry is there.
    loop.post(
        () -> {
          desks.start();
          desks.onRing(relay::ring);
          loop.every(RENEWAL_CHECK, identity::renewIfDue);
        });

    List<Lifecycle> all = new ArrayList<>();
    all.add(ports.connection());
    all.add(network);
    all.add(new LoopThread(config.node().name() + "-disk", disk));
    all.add(new LoopThread(config.node().name(), relaying));
    all.add(new LoopThread(config.node().name(), loop));
    config
        .admin()
        .ifPresent(
            at ->
                all.add(
                    admin(
                        at,
                        meters -> {
                          RejectionMeters.register(meters, "trunks", board.rejections());
                          RejectionMeters.register(meters, "trunks", lanes::dropped);
                          desks.register(meters);
                          relay.meter(meters);
                        })));
    Running now = new Running(network, new Parts(all), ports.schedule());
    running.set(now);
    now.parts.start();
    dialOtherMains(network);
  }

  @Override
  public Address trunk() {
    Running now = running.get();
    if (now == null) {
      throw new IllegalStateException(config.node() + " is not started");
    }
    return now.trunks.listening();
  }

  @Override
  public void close() {
    Running now = running.getAndSet(null);
    if (now != null) {
      now.parts.close();
      now.schedule.end();
    }
  }

  private record Running(NettyTrunks trunks, Parts parts, DrawSchedule schedule) {}

  // Of two mains the lower id dials, so that there is one trunk between them.
  private void dialOtherMains(NettyTrunks network) {
    for (RosterMain other : config.others()) {
      if (config.node().compareTo(other.id()) < 0) {
        network.dial(other.id(), Role.MAIN, other.address());
      }
    }
  }

  private AdminListener admin(Address at, Consumer<MeterRegistry> meters) {
    Readiness readiness = new Readiness();
    readiness.check("trunk").ready();
    ProcessMetrics metrics = ProcessMetrics.of(config.node(), Role.MAIN).withJvm();
    meters.accept(metrics.registry());
    return new AdminListener(at, readiness, metrics);
  }
}
