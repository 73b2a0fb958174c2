package io.elottery.worker.reporting;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.detector.Suspicion;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.impulse.NeighbourView;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Verdict;
import io.elottery.worker.mains.MainContact;
import io.elottery.worker.roster.RosterDesk;
import io.elottery.worker.shards.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the leader of this worker's half every period, and at once when a neighbour is
 * suspected, dead or back. Without the leader any main will do, without any main a neighbour who
 * passes it on. A report is offered until it is taken or gives way ({@link ReportOutbox}). On the
 * supervision loop.
 */
public final class ReportDesk {
  private static final Logger log = LoggerFactory.getLogger(ReportDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final double THOUSAND = 1e3; // digits nobody needs are not sent
  private static final Duration AGAIN = Duration.ofMillis(200);

  /**
   * What it needs.
   *
   * @param trunks calls to mains
   * @param neighbours calls over the work connections of neighbour links
   */
  public record Ports(
      Switchboard trunks,
      Switchboard neighbours,
      NodeLoop loop,
      MainContact mains,
      RosterDesk rosters,
      ImpulseExchange impulses,
      Replicas replicas,
      MachineLoad load,
      BooleanSupplier rests,
      IntSupplier permille) {}

  private record Route(Switchboard board, NodeId to) {}

  private final NodeId self;
  private final long incarnation;
  private final Duration period;
  private final Ports ports;
  private final ReportOutbox outbox = new ReportOutbox();
  private SortedSet<NodeId> deafToMe = new TreeSet<>();
  private long lastNumber;
  private int attempts; // at the report that is under way
  private boolean underWay; // a call, or the pause after one that failed
  private @Nullable Timer timer;

  /**
   * @param incarnation of this process
   */
  public ReportDesk(NodeId self, long incarnation, Duration period, Ports ports) {
    this.self = self;
    this.incarnation = incarnation;
    this.period = period;
    this.ports = ports;
  }

  /** Reports from now on. */
  public void start() {
    ports.load.measure();
    timer = ports.loop.every(period, this::routine);
  }

  /** Reports no more. */
  public void close() {
    if (timer != null) {
      timer.cancel();
    }
  }

  /** The judgement of a neighbour changed. */
  public void changed(NodeId neighbour, Suspicion from, Suspicion to, String because) {
    Priority priority = to == Suspicion.TRUSTED ? Priority.NOTICE : Priority.CRITICAL;
    String note = neighbour + ": " + from + " → " + to + ", " + because;
    if (priority == Priority.CRITICAL) {
      log.warn("{}", note);
    } else {
      log.info("{}", note);
    }
    report(priority, List.of(note));
  }

  /** Something main should know before the next period. */
  public void notice(String note) {
    report(Priority.NOTICE, List.of(note));
  }

  /** Reports that no main has taken yet, oldest first. */
  public List<Report> waiting() {
    return outbox.waiting();
  }

  /** Reports that had to give way to others. */
  public long dropped() {
    return outbox.dropped();
  }

  private void routine() {
    SortedSet<NodeId> deafNow = new TreeSet<>();
    for (NeighbourView view : ports.impulses.views()) {
      boolean heard = view.connected() && view.heard() > 0;
      if (heard && view.suspicion() == Suspicion.TRUSTED && !view.hearsMe()) {
        deafNow.add(view.neighbour());
      }
    }
    // One way only: said when it begins and when it ends.
    List<String> notes = new ArrayList<>();
    deafNow.stream()
        .filter(id -> !deafToMe.contains(id))
        .forEach(id -> notes.add(id + " is heard and does not hear this worker"));
    deafToMe.stream()
        .filter(id -> !deafNow.contains(id))
        .forEach(id -> notes.add(id + " is no longer heard one way only"));
    deafToMe = deafNow;
    report(notes.isEmpty() ? Priority.ROUTINE : Priority.WARNING, notes);
    ports.load.measure();
  }

  private void report(Priority priority, List<String> notes) {
    outbox.add(compose(priority, notes));
    send();
  }

  private Report compose(Priority priority, List<String> notes) {
    boolean hearsMain = ports.mains.hearsMain();
    List<String> wrong = ports.replicas.troubles();
    MachineLoad.Sample load = ports.load.last();
    return new Report(
        self,
        incarnation,
        ++lastNumber,
        ports.loop.time().now(),
        wrong.isEmpty() || priority != Priority.ROUTINE ? priority : Priority.WARNING,
        hearsMain,
        ports.impulses.doubtful(),
        hearsMain ? (ports.rests.getAsBoolean() ? Verdict.CONSERVED : Verdict.UP) : Verdict.DEAF,
        Stream.concat(notes.stream(), wrong.stream()).limit(Report.NOTES_MAX).toList(),
        new Load(
            Math.round(load.processor() * THOUSAND) / THOUSAND,
            load.heapUsedBytes(),
            load.heapMaxBytes(),
            load.diskFreeBytes(),
            ports.replicas.slowestFlush(),
            ports.replicas.queued(),
            ports.replicas.queueAge(),
            ports.permille.getAsInt()),
        ports.impulses.views().stream().map(ReportDesk::neighbour).toList(),
        ports.replicas.reports(),
        Optional.empty());
  }

  private static NeighbourReport neighbour(NeighbourView view) {
    return new NeighbourReport(
        view.neighbour(),
        view.sent(),
        view.heard(),
        view.lost(),
        view.roundTrip(),
        Math.round(view.silence() * THOUSAND) / THOUSAND,
        switch (view.suspicion()) {
          case TRUSTED -> NeighbourReport.Trust.TRUSTED;
          case SUSPECT -> NeighbourReport.Trust.SUSPECT;
          case DEAD -> NeighbourReport.Trust.DEAD;
        },
        view.since(),
        view.connected(),
        view.refused(),
        view.hearsMain(),
        view.hearsMe());
  }

  private void send() {
    Optional<Report> next = outbox.next();
    if (underWay || next.isEmpty()) {
      return;
    }
    Report report = next.get();
    List<Route> routes = routes();
    underWay = true;
    if (routes.isEmpty()) {
      sendLater();
      return;
    }
    Route route = routes.get(attempts % routes.size());
    route
        .board
        .call(route.to, report.envelope(), PATIENCE)
        .whenComplete((taken, problem) -> ended(report, route, problem));
  }

  private void ended(Report report, Route route, @Nullable Throwable problem) {
    if (problem == null) {
      outbox.taken(report);
      attempts = 0;
      underWay = false;
      send();
    } else {
      log.debug("report {} not taken by {}: {}", report.number(), route.to, problem.getMessage());
      sendLater();
    }
  }

  private void sendLater() {
    attempts++;
    ports.loop.after(
        AGAIN,
        () -> {
          underWay = false;
          send();
        });
  }

  // In order of preference: the half's leader, other mains, neighbours who hear a main.
  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    List<NodeId> mains = new ArrayList<>(ports.mains.mains());
    ports
        .rosters
        .hemisphere()
        .flatMap(ports.rosters::leader)
        .filter(mains::remove)
        .ifPresent(leader -> routes.add(new Route(ports.trunks, leader)));
    mains.forEach(main -> routes.add(new Route(ports.trunks, main)));
    if (routes.isEmpty()) {
      ports.impulses.views().stream()
          .filter(view -> view.connected() && view.hearsMain())
          .forEach(view -> routes.add(new Route(ports.neighbours, view.neighbour())));
    }
    return routes;
  }
}
