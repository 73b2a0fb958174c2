package io.elottery.deploy.bench.peers.elottery;

import io.elottery.deploy.bench.wire.Certified;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Inflow;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.detector.Suspicion;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.impulse.NeighbourView;
import io.elottery.heartbeat.impulse.SelfState;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyLinks;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.reports.roster.Announce;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceFile;
import io.elottery.worker.disk.RosterFile;
import io.elottery.worker.links.LinkEvents;
import io.elottery.worker.mains.MainContact;
import io.elottery.worker.reporting.MachineLoad;
import io.elottery.worker.reporting.ReportDesk;
import io.elottery.worker.reporting.WitnessDesk;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.roster.RosterDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code WorkerNode} wires for supervision, over real links and trunks; no ledger. */
final class CostWorker implements Lifecycle {
  static final Duration REPORTS = Duration.ofSeconds(5);

  final NodeId id;
  private final List<NodeId> neighbours;
  private final NettyRuntime runtime = new NettyRuntime(2); // trunks, links: as a worker's
  private final NodeLoop loop;
  private final Lifecycle thread;
  private final Disk disk;
  private final NettyLinks links;
  private final NettyTrunks trunks;
  private final ImpulseExchange impulses;
  private final MainContact mains;
  private final ReportDesk reports;
  private final Inflow impulseInflow;
  private final Inflow neighbourInflow;
  private final Inflow mainInflow;
  private final Switchboard mainCalls;
  private final LinkEvents linkEvents;
  private volatile boolean seesAll; // written by the loop
  private volatile boolean hasMain;

  CostWorker(
      NodeId id,
      List<NodeId> neighbours,
      Time time,
      Duration interval,
      OneKey key,
      Certified certified,
      Path directory) {
    this.id = id;
    this.neighbours = neighbours;
    Address any = new Address("127.0.0.1", 0);
    loop = new NodeLoop("supervision", time, 100_000, OurMembers::fault);
    disk = new Disk(id.name());
    var tls = certified.context(id, Role.WORKER);
    trunks =
        new NettyTrunks(
            id,
            Role.WORKER,
            TrunkConfig.dialOnly(),
            () -> tls,
            (from, envelope) -> mainInflow().received(from, envelope),
            new Trunks(),
            runtime);
    links =
        new NettyLinks(
            id,
            LinkConfig.listeningOn(any),
            key,
            (from, envelope) -> neighbourInflow().received(from, envelope),
            (from, envelope) -> impulseInflow().received(from, envelope),
            new Late(),
            runtime);
    thread = links.turns(id.name(), loop);
    mainCalls = new Switchboard(0, trunks, loop);
    mainInflow = new Inflow(loop, mainCalls);
    Switchboard neighbourCalls = new Switchboard(0, links.work(Purpose.NEIGHBOUR), loop);
    neighbourInflow = new Inflow(loop, neighbourCalls);
    FenceDesk fences = new FenceDesk(new FenceFile(directory.resolve("fences")), disk, loop);
    RosterDesk rosters =
        new RosterDesk(id, new RosterFile(directory.resolve("roster.bin")), fences, disk);
    mains = new MainContact(mainCalls, loop, () -> announcement(any));
    mains.serve();
    MachineLoad load = new MachineLoad(directory, disk);
    HeldShards shards = new HeldShards(id, neighbours);
    impulses =
        new ImpulseExchange(
            id,
            time.now().toEpochMilli(),
            DetectorConfig.every(interval),
            links.impulses(),
            loop,
            time,
            () -> new SelfState(load.permille(), mains.hearsMain()),
            this::changed);
    impulseInflow = new Inflow(loop, impulses);
    new WitnessDesk(impulses, neighbourCalls, loop).serve(mainCalls, mains::mains);
    linkEvents = new LinkEvents(id, loop, impulses, neighbourCalls, shards);
    reports =
        new ReportDesk(
            id,
            time.now().toEpochMilli(),
            REPORTS,
            new ReportDesk.Ports(
                mainCalls,
                neighbourCalls,
                loop,
                mains,
                rosters,
                impulses,
                shards,
                load,
                () -> false,
                load::permille));
  }

  @Override
  public void start() {
    thread.start();
    links.start();
    trunks.start();
  }

  Address address() {
    return links.listening();
  }

  /** Opens its links and begins; reports once it has a main to report to. */
  void begin(Map<NodeId, Address> addresses, Optional<Address> main) {
    addresses.forEach(
        (other, address) -> {
          if (neighbours.contains(other)) {
            links.open(LinkId.between(id, other, Purpose.NEIGHBOUR), address);
          }
        });
    main.ifPresent(address -> trunks.dial(CostMain.ID, Role.MAIN, address));
    loop.execute(
        () -> {
          impulses.neighbours(neighbours);
          impulses.start();
          main.ifPresent(address -> reports.start());
        });
  }

  /** Asks its loop to look. */
  void look() {
    loop.execute(
        () -> {
          seesAll = impulses.views().stream().allMatch(CostWorker::fine);
          hasMain = mains.hearsMain();
        });
  }

  boolean complete(boolean withMain) {
    return seesAll && hasMain == withMain;
  }

  @Override
  public void close() {
    loop.execute(impulses::close);
    loop.execute(reports::close);
    links.close();
    trunks.close();
    thread.close();
    disk.close();
    runtime.close();
  }

  private static boolean fine(NeighbourView view) {
    return view.connected()
        && view.heard() > 0
        && view.hearsMe()
        && view.suspicion() == Suspicion.TRUSTED;
  }

  private void changed(NodeId neighbour, Suspicion from, Suspicion to, String because) {
    reports.changed(neighbour, from, to, because);
  }

  private Announce announcement(Address any) {
    return new Announce(
        Optional.of(any), Optional.of(links.listening()), Optional.of("store"), 1, 1, 1, 1);
  }

  // Connections are made before what takes from them, and opened after.

  private Inflow mainInflow() {
    return mainInflow;
  }

  private Inflow neighbourInflow() {
    return neighbourInflow;
  }

  private Inflow impulseInflow() {
    return impulseInflow;
  }

  private final class Trunks implements ConnectionListener {
    @Override
    public void connected(Peer peer) {
      loop.post(() -> mains.connected(peer));
    }

    @Override
    public void disconnected(Peer peer, String why) {
      loop.post(
          () -> {
            mainCalls.disconnected(peer.id());
            mains.disconnected(peer);
          });
    }
  }

  private final class Late implements LinkListener {
    @Override
    public void up(LinkId link, Channel channel) {
      linkEvents.up(link, channel);
    }

    @Override
    public void down(LinkId link, Channel channel, String why) {
      linkEvents.down(link, channel, why);
    }

    @Override
    public void refusedReconnect(LinkId link) {
      linkEvents.refusedReconnect(link);
    }
  }
}
