package io.elottery.controller.supervision;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.peers.Share;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.triage.Sighting;
import io.elottery.reports.triage.Testimony;
import io.elottery.reports.triage.Triage;
import io.elottery.reports.verdict.Judgement;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the workers: takes reports, and while this main acts for a half probes and judges them.
 * Verdicts are shared with the other mains, whose own are taken for the halves they act for, so
 * that any main knows all.
 *
 * <p>While the registry is away nobody is elected: then every main keeps {@link Vigil} over the
 * halves whose leader it does not hear. What it finds is shown, and becomes an order only when a
 * leader is there again. On main's loop.
 */
public final class Supervisor implements Duty {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration JUDGE_PERIOD = Duration.ofMillis(250);
  private static final Duration SHARE_PERIOD = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param session verdicts become orders only while it is certain
   * @param mains the other mains
   * @param addressOf where a worker's trunk listens, when known
   */
  public record Ports(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      RegistrySession session,
      ReachCheck reach,
      Collection<NodeId> mains,
      Function<NodeId, Optional<Address>> addressOf,
      VerdictListener verdicts) {}

  private final Ports ports;
  private final SupervisionConfig config;
  private final Triage triage;
  private final Prober prober;
  private final ReportIntake intake;
  private final Vigil vigil;
  private final Map<Hemisphere, List<Judgement>> shared = new EnumMap<>(Hemisphere.class);
  // Changed, and no order was made of it yet.
  private final Map<NodeId, Judgement> unsettled = new TreeMap<>();
  private final TreeSet<NodeId> connected = new TreeSet<>();
  private List<RosterWorker> workers = List.of();
  private boolean judgesSoon;
  private Consumer<Report> reader = report -> {};

  /** Watches nobody until told whom. */
  public Supervisor(Ports ports, SupervisionConfig config) {
    this.ports = ports;
    this.config = config;
    this.triage = new Triage(config.triage());
    this.vigil = new Vigil(ports.halves, ports.session, ports.loop.time());
    this.prober =
        new Prober(
            ports,
            config.probe(),
            config.triage().moment(),
            triage,
            vigil::isKept,
            this::judgeSoon);
    this.intake =
        new ReportIntake(ports.board, ports.loop, ports.mains, config.intake(), new Reception());
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    intake.start();
    ports
        .board
        .on(MainKinds.SHARE, this::share)
        .on(ReportsKinds.OVERDUE, this::overdue)
        .onAny(this::heard);
    ports.loop.every(config.probe(), () -> prober.round(workers, connected));
    ports.loop.every(JUDGE_PERIOD, this::judge);
    ports.loop.every(SHARE_PERIOD, this::shareAll);
  }

  /** Watches exactly these. */
  public void watch(List<RosterWorker> roster) {
    workers = List.copyOf(roster);
    triage.watch(workers, now());
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    if (peer.role() == Role.WORKER) {
      connected.add(peer.id());
      see(peer.id(), Sighting.Kind.CONNECTED);
    }
  }

  /** A trunk closed: an answer to whether anybody still listens there is sought at once. */
  public void disconnected(Peer peer) {
    if (peer.role() == Role.WORKER && connected.remove(peer.id())) {
      see(peer.id(), Sighting.Kind.CLOSED);
      prober.checkClosed(peer.id(), connected);
      judgeSoon();
    }
  }

  /** The last judgement of each worker: own ones for halves this main acts for. */
  public Map<NodeId, Judgement> judgements() {
    Map<NodeId, Judgement> all = new TreeMap<>();
    for (List<Judgement> known : shared.values()) {
      known.forEach(judgement -> all.put(judgement.worker(), judgement));
    }
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (vigil.isOver(hemisphere)) {
        triage.judgements(hemisphere).forEach(each -> all.put(each.worker(), each));
      }
    }
    return all;
  }

  /** The last judgement of one worker, as {@link #judgements} has it. */
  public Optional<Judgement> judgement(NodeId worker) {
    Optional<Hemisphere> half = triage.hemisphereOf(worker);
    if (half.isPresent() && vigil.isOver(half.get())) {
      return triage.judgement(worker);
    }
    return shared.values().stream()
        .flatMap(List::stream)
        .filter(known -> known.worker().equals(worker))
        .findFirst();
  }

  /** The last report of each worker. */
  public List<Report> reports() {
    return triage.reports();
  }

  /** Reports dropped so far. */
  public long dropped(Priority priority) {
    return intake.dropped(priority);
  }

  /** Reports dropped so far, of every priority. */
  public long dropped() {
    long all = 0;
    for (Priority priority : Priority.values()) {
      all += intake.dropped(priority);
    }
    return all;
  }

  /** Reports that wait to be read. */
  public int waitingReports() {
    return intake.waiting();
  }

  /** Who else gets every report that is taken, directly or as another main's copy; one. */
  public void onReport(Consumer<Report> listener) {
    reader = listener;
  }

  /** A verdict that was recorded by a leader before; used where nothing newer is known. */
  public void inherit(Judgement recorded) {
    triage.inherit(recorded);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    shared.getOrDefault(hemisphere, List.of()).forEach(triage::inherit);
    shared.remove(hemisphere);
    prober.probe(workers, connected);
  }

  @Override
  public void end(Hemisphere hemisphere) {
    shared.put(hemisphere, triage.judgements(hemisphere));
  }

  private void share(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    Share share = Share.parse(envelope.body());
    if (from.id().equals(share.lead().leader()) && ports.halves.heard(share.lead())) {
      vigil.heard(share.lead().hemisphere());
      shared.put(share.lead().hemisphere(), share.judgements());
    }
  }

  // Whatever comes over its trunk, an answer that is too late too: it lives.
  private void heard(Peer from) {
    if (from.role() == Role.WORKER) {
      see(from.id(), Sighting.Kind.SPOKE);
    }
  }

  // A hint only: who sends many brings no more probes than there may be.
  private void overdue(Peer from, Envelope envelope) throws MalformedMessage {
    if (from.role() != Role.WORKER) {
      throw new MalformedMessage(from + " is no worker");
    }
    Overdue overdue = Overdue.parse(envelope.body());
    NodeId late = overdue.about();
    if (!overdue.late()) {
      if (areNeighbours(from.id(), late)) {
        triage.observe(new Testimony(from.id(), late, true), now());
      }
    } else if (prober.mayHurry(late, connected) && areNeighbours(from.id(), late)) {
      workers.stream()
          .filter(worker -> worker.id().equals(late))
          .forEach(worker -> prober.hurry(worker, connected));
    }
  }

  private boolean areNeighbours(NodeId one, NodeId other) {
    return workers.stream()
        .anyMatch(
            worker ->
                (worker.id().equals(one) && worker.neighbours().contains(other))
                    || (worker.id().equals(other) && worker.neighbours().contains(one)));
  }

  private static void onlyMain(Peer from) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
  }

  private final class Reception implements ReportIntake.Taker {
    @Override
    public boolean allows(Peer from, Report report) {
      boolean own = report.worker().equals(from.id()) && report.relayedBy().isEmpty();
      boolean relayed =
          report.relayedBy().filter(from.id()::equals).isPresent()
              && areNeighbours(from.id(), report.worker());
      return from.role() == Role.WORKER && (own || relayed);
    }

    @Override
    public void taken(Report report) {
      triage.observe(report, now());
      reader.accept(report);
      if (report.priority().compareTo(Priority.WARNING) <= 0) {
        log.info("{} {}: {}", report.priority(), report.worker(), report.notes());
      }
      if (report.priority().compareTo(Priority.NOTICE) <= 0) {
        judgeSoon();
      }
    }
  }

  private void see(NodeId worker, Sighting.Kind kind) {
    triage.observe(new Sighting(worker, kind), now());
  }

  private void judgeSoon() {
    if (!judgesSoon) {
      judgesSoon = ports.loop.post(this::judge);
    }
  }

  private void judge() {
    judgesSoon = false;
    if (!vigil.isKept()) {
      settle();
      return;
    }
    boolean changes = false;
    for (Judgement judgement : triage.judge(now())) {
      if (vigil.isOver(judgement.hemisphere())) {
        changes = true;
        log.info(
            "{}: {} → {}, because {}",
            judgement.worker(),
            triage.before(judgement.worker()),
            judgement.verdict(),
            judgement.because());
        unsettled.put(judgement.worker(), judgement);
      }
    }
    settle();
    if (changes) {
      shareAll();
    }
  }

  // While the session is in doubt another main may be elected: what is known waits.
  private void settle() {
    if (!ports.session.isCertain()) {
      return;
    }
    for (Judgement judgement : List.copyOf(unsettled.values())) {
      Optional<Long> fence = ports.halves.fence(judgement.hemisphere());
      if (fence.isPresent() || ports.halves.lead(judgement.hemisphere()).isPresent()) {
        unsettled.remove(judgement.worker());
      }
      fence.ifPresent(own -> ports.verdicts.changed(judgement, own));
    }
  }

  private void shareAll() {
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (!ports.halves.acts(hemisphere)) {
        continue;
      }
      ports
          .halves
          .lead(hemisphere)
          .map(lead -> new Share(lead, triage.judgements(hemisphere)).envelope())
          .ifPresent(share -> ports.mains.forEach(main -> ports.board.send(main, share)));
    }
  }

  private Moment now() {
    return Moment.of(ports.loop.time());
  }
}
