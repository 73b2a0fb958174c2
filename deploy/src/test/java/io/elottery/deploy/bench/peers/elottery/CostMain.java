package io.elottery.deploy.bench.peers.elottery;

import io.elottery.deploy.bench.wire.Certified;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Inflow;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Overdue;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a worker has of its leader: announcements and reports are taken, reports read, a probe comes
 * every second interval, as to all that two neighbours watch. What main thinks of it is another
 * bench's.
 */
final class CostMain implements Lifecycle {
  static final NodeId ID = NodeId.of("main-1");
  private static final Envelope PROBE =
      new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]);
  private static final Envelope ANNOUNCED =
      new Envelope(ReportsKinds.ANNOUNCED, ReportsKinds.VERSION, new byte[0]);
  private static final Envelope TAKEN =
      new Envelope(ReportsKinds.REPORT_TAKEN, ReportsKinds.VERSION, new byte[0]);

  final AtomicLong reports = new AtomicLong();
  private final NettyRuntime runtime = new NettyRuntime(1);
  private final NodeLoop loop;
  private final LoopThread thread;
  private final NettyTrunks trunks;
  private final Switchboard board;
  private final Inflow inflow;
  private final Duration interval;
  private final Set<NodeId> workers = new TreeSet<>();

  CostMain(Certified certified, Time time, Duration interval) {
    this.interval = interval;
    loop = new NodeLoop("main", time, 100_000, OurMembers::fault);
    thread = new LoopThread(ID.name(), loop);
    var tls = certified.context(ID, Role.MAIN);
    // Links are made before what takes from them, and opened after.
    trunks =
        new NettyTrunks(
            ID,
            Role.MAIN,
            TrunkConfig.listeningOn(new Address("127.0.0.1", 0)).withoutJoining(),
            () -> tls,
            (from, envelope) -> inflow().received(from, envelope),
            new Trunks(),
            runtime);
    board = new Switchboard(0, trunks, loop);
    inflow = new Inflow(loop, board);
    board.serve(ReportsKinds.ANNOUNCE, (from, request, answer) -> answer.reply(ANNOUNCED));
    board.serve(ReportsKinds.REPORT, ReportsKinds.REPORT_VERSION, this::report);
    board.on(ReportsKinds.OVERDUE, this::overdue);
  }

  private Inflow inflow() {
    return inflow;
  }

  @Override
  public void start() {
    thread.start();
    trunks.start();
    loop.execute(() -> loop.every(interval.multipliedBy(2), this::probe));
  }

  Address address() {
    return trunks.listening();
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
    runtime.close();
  }

  private void report(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      Report.unpack(request.body());
      reports.incrementAndGet();
      answer.reply(TAKEN);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void probe() {
    workers.forEach(this::probe);
  }

  private void probe(NodeId worker) {
    board.call(worker, PROBE, interval.multipliedBy(2)).exceptionally(late -> PROBE);
  }

  // At once, as the controller does.
  private void overdue(Peer from, Envelope envelope) throws MalformedMessage {
    NodeId late = Overdue.parse(envelope.body()).about();
    if (workers.contains(late)) {
      probe(late);
    }
  }

  private final class Trunks implements ConnectionListener {
    @Override
    public void connected(Peer peer) {
      loop.post(() -> workers.add(peer.id()));
    }

    @Override
    public void disconnected(Peer peer, String why) {
      loop.post(() -> workers.remove(peer.id()));
    }
  }
}
