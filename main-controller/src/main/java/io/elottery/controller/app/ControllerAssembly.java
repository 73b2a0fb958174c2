package io.elottery.controller.app;

import io.elottery.controller.alerts.http.HttpAlertPost;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.schedule.quartz.QuartzRotationClock;
import io.elottery.controller.schedule.quartz.QuartzSchedule;
import io.elottery.controller.supervision.ReachCheck;
import io.elottery.controller.supervision.SocketReach;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.registry.RegistryConfig;
import io.elottery.heartbeat.registry.curator.CuratorElection;
import io.elottery.heartbeat.registry.curator.CuratorRegistry;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.StoreFiles;
import io.elottery.reports.roster.RosterMain;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Wires a main: ports in, startable node out. May be used several times in one JVM. */
public final class ControllerAssembly {
  private ControllerAssembly() {}

  /**
   * A main that stands for its half, supervises, issues and places.
   *
   * @param runtime shared by all nodes of the JVM; the caller starts and closes it
   * @param stop asks the process to stop after a fault; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key
   */
  public static Controller of(ConfigSource source, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    ControllerConfig config = ControllerConfig.from(source);
    TrunkConfig trunks = TrunkConfig.from(source);
    StoreFiles stores = StoreFiles.in(config.dir().resolve(MainIdentity.STORES));
    RegistryConfig registry =
        RegistryConfig.from(
            source,
            new RegistryConfig.Stores(stores.keyStore(), stores.trustStore(), stores.password()),
            config.mains().stream().map(RosterMain::id).toList());
    if (trunks.listen().isEmpty()) {
      source.refuse("trunk.listen", "expected host:port: a main is reached by all others");
    }
    source.done();
    NetworkPlan plan = NetworkPlan.load(config.networkFile());
    return new ControllerNode(
        config,
        plan,
        trunks,
        runtime,
        stop,
        (identity, time, random) ->
            ports(
                config, registry, new SocketReach(trunks.own().source()), identity, time, random));
  }

  private static ControllerPorts ports(
      ControllerConfig config,
      RegistryConfig registryConfig,
      ReachCheck reach,
      MainIdentity identity,
      Time time,
      RandomSource random) {
    identity.writeStores();
    AtomicLong fencesSeen = new AtomicLong();
    CuratorRegistry registry = new CuratorRegistry(registryConfig);
    CuratorElection election = new CuratorElection(registry, config.node(), time, fencesSeen::get);
    return new ControllerPorts(
        time,
        random,
        reach,
        new QuartzSchedule(),
        new QuartzRotationClock(config.keys().clock()),
        new QuartzRotationClock(config.acting().testLook()),
        new Parts(List.of(registry, election)),
        registry,
        election,
        registryConfig.sessionTimeout(),
        new HttpAlertPost(),
        fencesSeen);
  }
}
