package io.elottery.worker;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.metrics.RejectionMeters;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Inflow;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.detector.Suspicion;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.impulse.NeighbourView;
import io.elottery.heartbeat.impulse.SelfState;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyJoin;
import io.elottery.heartbeat.netty.NettyLinks;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.renewal.Renewal;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.roster.Announce;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceFile;
import io.elottery.worker.disk.Incarnation;
import io.elottery.worker.disk.LeftFile;
import io.elottery.worker.disk.RosterFile;
import io.elottery.worker.links.LinkEvents;
import io.elottery.worker.links.LinkKeeper;
import io.elottery.worker.links.OwnVoice;
import io.elottery.worker.links.VaultPairKeys;
import io.elottery.worker.links.WorkerTrunks;
import io.elottery.worker.mains.Enrolling;
import io.elottery.worker.mains.KeyIntake;
import io.elottery.worker.mains.KeyRefusals;
import io.elottery.worker.mains.MainContact;
import io.elottery.worker.mains.MemberSteps;
import io.elottery.worker.mains.OrderDesk;
import io.elottery.worker.proving.Proof;
import io.elottery.worker.reporting.MachineLoad;
import io.elottery.worker.reporting.ReportDesk;
import io.elottery.worker.reporting.ReportRelay;
import io.elottery.worker.reporting.WitnessDesk;
import io.elottery.worker.resting.RestDesk;
import io.elottery.worker.resting.RestFile;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.roster.RosterDesk;
import io.elottery.worker.scrubbing.ScrubDesk;
import io.elottery.worker.shards.Replicas;
import io.elottery.worker.sharing.SharingDesk;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker, wired. Started from any thread; from then on its parts live on its two loops, what
 * Netty's threads bring is posted to them.
 */
final class WorkerNode implements Lifecycle {
  /**
   * What it is made from.
   *
   * @param token must be there while the keys have no certificate
   * @param leave ends this worker, which left the network for good; must not wait
   */
  record Ports(
      NettyRuntime runtime,
      Time time,
      FaultHandler faults,
      NodeKeys keys,
      Optional<JoinToken> token,
      Replicas.Maker replicas,
      MeterRegistry meters,
      Readiness readiness,
      Runnable leave) {}

  private static final Logger log = LoggerFactory.getLogger(WorkerNode.class);
  private static final int SUPERVISION_TASKS = 100_000;
  private static final int LEDGER_TASKS = 200_000;
  private static final int LEDGER_MODULE = 2;
  private static final Duration LAST_WORDS = Duration.ofMillis(500); // the order is answered first

  private final WorkerConfig config;
  private final Ports ports;
  private final NodeId self;
  private final NodeLoop supervision;
  private final Disk disk;
  private final NettyTrunks trunks;
  private final NettyLinks links;
  private final Lanes lanes = new Lanes();
  private final Switchboard mainCalls;
  private final Switchboard neighbourCalls;
  private final Inflow neighbourInflow;
  private final Replicas replicas;
  private final FenceDesk fences;
  private final RosterDesk rosters;
  private final MainContact mains;
  private final WorkerTrunks workerTrunks;
  private final LinkKeeper linkKeeper;
  private final KeyIntake keyIntake;
  private final KeyRefusals keyRefusals;
  private final ImpulseExchange impulses;
  private final Inflow impulseInflow;
  private final ReportDesk reports;
  private final RestDesk rest;
  private final SharingDesk sharing;
  private final Disk proving;
  private final Disk scrubbing;
  private final ScrubDesk scrub;
  private final Renewal renewal;
  private final LinkEvents linkEvents;
  private final Parts parts;
  private final Readiness.Check certificate;
  private final Readiness.Check shards;

  WorkerNode(WorkerConfig config, Ports ports) {
    this.config = config;
    this.ports = ports;
    this.self = config.node();
    this.certificate = ports.readiness.check("certificate");
    this.shards = ports.readiness.check("shards");
    Time time = ports.time;
    this.supervision = new NodeLoop("supervision", time, SUPERVISION_TASKS, ports.faults);
    NodeLoop ledger = new NodeLoop("ledger", time, LEDGER_TASKS, ports.faults);
    this.disk = new Disk(self.name());
    Revocations revocations = Revocations.open(config.dir().resolve("revocations"), disk);
    this.trunks =
        new NettyTrunks(
            self,
            Role.WORKER,
            config.trunk(),
            ports.keys::sslContext,
            revocations::refusal,
            lanes,
            new TrunkEvents(lanes),
            ports.runtime);
    VaultPairKeys pairKeys = new VaultPairKeys(ports.keys);
    this.links =
        new NettyLinks(
            self,
            config.link(),
            pairKeys,
            this::workCame,
            (from, envelope) -> impulseInflow().received(from, envelope),
            new LateLinkEvents(),
            ports.runtime);
    this.mainCalls = new Switchboard(Lanes.SUPERVISION, trunks, supervision);
    Switchboard ledgerCalls =
        new Switchboard(Lanes.LEDGER, new OwnVoice(self, trunks, lanes), ledger);
    lanes
        .add(Lanes.SUPERVISION, module -> module != LEDGER_MODULE, supervision, mainCalls)
        .add(Lanes.LEDGER, module -> module == LEDGER_MODULE, ledger, ledgerCalls);
    this.neighbourCalls =
        new Switchboard(Lanes.SUPERVISION, links.work(Purpose.NEIGHBOUR), supervision);
    this.neighbourInflow = new Inflow(supervision, neighbourCalls);
    this.replicas =
        ports.replicas.make(
            new Replicas.Ports(
                ledger,
                links.work(Purpose.REPLICA),
                ledgerCalls,
                node -> node.equals(self) || trunks.connected().contains(node),
                node -> post(() -> workerTrunks().want(node)),
                this::writerChanged));

    this.fences = new FenceDesk(new FenceFile(config.dir().resolve("fences")), disk, supervision);
    this.rosters =
        new RosterDesk(self, new RosterFile(config.dir().resolve("roster.bin")), fences, disk);
    this.mains = new MainContact(mainCalls, supervision, this::announcement);
    this.workerTrunks = new WorkerTrunks(self, trunks, rosters::current);
    this.linkKeeper = new LinkKeeper(self, links, pairKeys::holdsAny);
    MachineLoad load = new MachineLoad(config.dir(), disk);
    this.rest =
        new RestDesk(
            self, new RestFile(config.dir().resolve("resting")), disk, supervision, replicas);
    this.sharing =
        new SharingDesk(
            self,
            new SharingDesk.Ports(
                supervision,
                load,
                replicas,
                this::impulses,
                rosters::ring,
                rest::isResting,
                this::notice),
            config.sharing());
    long incarnation = Incarnation.next(config.dir().resolve("incarnation"), time.now());
    this.impulses =
        new ImpulseExchange(
            self,
            incarnation,
            config.heartbeat(),
            links.impulses(),
            supervision,
            time,
            () -> new SelfState(permille(), mains.hearsMain()),
            this::suspicionChanged);
    this.impulseInflow = new Inflow(supervision, impulses);
    this.reports =
        new ReportDesk(
            self,
            incarnation,
            config.reports(),
            new ReportDesk.Ports(
                mainCalls,
                neighbourCalls,
                supervision,
                mains,
                rosters,
                impulses,
                replicas,
                load,
                rest::isResting,
                sharing::permille));
    this.proving = new Disk(self.name() + "/proof");
    this.scrubbing = new Disk(self.name() + "/scrub");
    this.scrub =
        new ScrubDesk(self, supervision, replicas, scrubbing, config.scrub(), this::notice);
    Proof proof =
        new Proof(
            self,
            config.dir(),
            new Proof.Ports(
                supervision, proving, replicas, mainCalls, neighbourCalls, this::linked),
            config.proving());
    this.renewal =
        new Renewal(ports.keys, Renewal.over(mainCalls, mains::mains), disk, supervision);
    this.linkEvents = new LinkEvents(self, supervision, impulses, neighbourCalls, replicas);

    revocations.onChange(newer -> trunks.recheck());
    revocations.serveOn(mainCalls);
    rosters.serve(mainCalls);
    rosters.onChange(roster -> rosterChanged());
    mains.serve();
    this.keyRefusals = new KeyRefusals(supervision, this::notice);
    this.keyIntake =
        new KeyIntake(
            self,
            new KeyIntake.Ports(ports.keys, disk, supervision, links),
            new KeyIntake.Hooks(
                fence -> rosters.admits(Hemisphere.LEFT, fence),
                linkKeeper::keyArrived,
                this::openShards,
                keyRefusals));
    keyIntake.serve(mainCalls);
    new OrderDesk(
            fences, mains::tellFence, new OrderDesk.Doers(self, replicas, rest, proof, this::leave))
        .serve(mainCalls);
    new MemberSteps(fences, mains::tellFence, replicas, this::hasReceiptKey, supervision)
        .serve(mainCalls);
    new ReportRelay(self, mainCalls, mains).serve(neighbourCalls);
    scrub.serve(mainCalls);
    new WitnessDesk(impulses, neighbourCalls, supervision).serve(mainCalls, mains::mains);
    this.parts =
        new Parts(
            List.of(
                disk,
                proving,
                scrubbing,
                replicas,
                new LoopThread(self.name(), ledger),
                links.turns(self.name(), supervision),
                links,
                trunks));
  }

  @Override
  public void start() {
    parts.start();
    WorkerMeters.register(ports.meters, trunks, links, replicas, fences);
    FunctionCounter.builder("elottery.worker.keysteps.refused", keyRefusals, KeyRefusals::count)
        .register(ports.meters);
    RejectionMeters.register(ports.meters, "trunks", mainCalls.rejections());
    RejectionMeters.register(ports.meters, "trunks", lanes::dropped);
    RejectionMeters.register(ports.meters, "links", neighbourCalls.rejections());
    RejectionMeters.register(ports.meters, "links", neighbourInflow::dropped);
    RejectionMeters.register(ports.meters, "impulses", impulses.rejections());
    RejectionMeters.register(ports.meters, "impulses", impulseInflow::dropped);
    supervision.execute(this::begin);
  }

  @Override
  public void close() {
    parts.close();
  }

  NettyTrunks trunks() {
    return trunks;
  }

  NettyLinks links() {
    return links;
  }

  // On the supervision loop, once.
  private void begin() {
    rosterChanged();
    impulses.start();
    reports.start();
    rest.start(reports::notice);
    sharing.start();
    renewal.start();
    scrub.start();
    if (ports.keys.certificate().isPresent()) {
      dialMains();
    } else {
      new Enrolling(
              ports.keys,
              ports.token.orElseThrow(),
              replicas.storeId(),
              config.mains(),
              (main, trust, request, timeout) ->
                  NettyJoin.call(main, trust, request, timeout, ports.runtime),
              disk,
              supervision,
              this::dialMains)
          .attempt();
    }
  }

  private WorkerTrunks workerTrunks() {
    return workerTrunks;
  }

  private ImpulseExchange impulses() {
    return impulses;
  }

  private int permille() {
    return sharing.permille();
  }

  // Kept first: whatever happens now, it does not come back under this name by itself.
  private CompletableFuture<Void> leave(String why) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    disk.run(
            () -> {
              new LeftFile(config.dir()).write(why);
              return why;
            })
        .whenComplete(
            (written, problem) ->
                supervision.post(
                    () -> {
                      if (problem != null) {
                        kept.completeExceptionally(problem);
                        return;
                      }
                      log.error("{} was removed from the network and ends: {}", self, why);
                      kept.complete(null);
                      supervision.after(LAST_WORDS, ports.leave);
                    }));
    return kept;
  }

  private void notice(String words) {
    reports.notice(words);
  }

  private List<NodeId> linked() {
    return impulses.views().stream()
        .filter(NeighbourView::connected)
        .map(NeighbourView::neighbour)
        .toList();
  }

  private void dialMains() {
    certificate.ready();
    for (MainAddress main : config.mains()) {
      trunks.dial(main.id(), Role.MAIN, main.address());
    }
  }

  private void rosterChanged() {
    openShards();
    workerTrunks.rosterChanged();
    linkKeeper.apply(rosters.current(), rosters.ring());
    impulses.neighbours(linkKeeper.neighbours());
  }

  // Not before the receipt keys are there: no receipt may leave unsigned.
  private void openShards() {
    Optional<Ring> ring = rosters.ring().filter(this::hasReceiptKeys);
    if (ring.isPresent()) {
      replicas.applyRing(ring.get());
      shards.ready();
    } else {
      shards.notReady("waits for ring and receipt keys");
    }
  }

  private boolean hasReceiptKeys(Ring ring) {
    // A copy that came later is opened when main says so, and only with its key.
    return ring.heldBy(self).stream()
        .filter(shard -> ring.placement(shard).changes() == 0)
        .allMatch(this::hasReceiptKey);
  }

  private boolean hasReceiptKey(ShardId shard) {
    return ports.keys.receiptSigner(shard.number()).isPresent();
  }

  private Announce announcement() {
    return new Announce(
        Optional.of(trunks.listening()),
        Optional.of(links.listening()),
        Optional.of(replicas.storeId()),
        replicas.incarnation(),
        rosters.highestFence(),
        rosters.current().fence(),
        rosters.current().version());
  }

  private void suspicionChanged(NodeId neighbour, Suspicion from, Suspicion to, String because) {
    reports.changed(neighbour, from, to, because);
    LinkId link = LinkId.between(self, neighbour, Purpose.NEIGHBOUR);
    // A connection that just closed may only have broken: whether the server is dead shows at once.
    boolean silent = to == Suspicion.SUSPECT && links.up(link, Channel.IMPULSE);
    if (to == Suspicion.DEAD || silent) {
      replicas.suspect(neighbour);
    }
  }

  // On the ledger loop.
  private void writerChanged(String note) {
    post(() -> reports.notice(note));
  }

  // The following come on connections' threads.

  private void workCame(Peer from, Envelope envelope) {
    if (envelope.module() == LEDGER_MODULE) {
      replicas.received(from, envelope);
    } else {
      neighbourInflow.received(from, envelope);
    }
  }

  // Links are made before what takes their impulses, and opened after.
  private Inflow impulseInflow() {
    return impulseInflow;
  }

  private void post(Runnable task) {
    if (!supervision.post(task)) {
      log.error("{}: a message was lost, {} tasks wait", self, supervision.queued());
    }
  }

  private final class TrunkEvents implements ConnectionListener {
    private final Lanes lanes;

    TrunkEvents(Lanes lanes) {
      this.lanes = lanes;
    }

    @Override
    public void connected(Peer peer) {
      post(() -> mains.connected(peer));
    }

    @Override
    public void disconnected(Peer peer, String why) {
      lanes.disconnected(peer.id());
      post(() -> mains.disconnected(peer));
    }
  }

  // Links are made before those who want to know of them, and told of after all is made.
  private final class LateLinkEvents implements io.elottery.heartbeat.link.LinkListener {
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

    @Override
    public void running(LinkId link, int epoch) {
      post(() -> keyIntake.running(link, epoch));
    }
  }
}
