package io.elottery.controller.history;

import io.elottery.controller.health.EventSink;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.reports.history.HealthRecorder;
import io.elottery.reports.history.ReportLog;
import io.elottery.reports.history.ReportNumbers;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.verdict.Judgement;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Keeps what happened to servers and links, on every main alike: the reports that come and the
 * verdicts shared become minutes, ten minutes and hours on its disk. Tells which reports never
 * came. On main's loop.
 */
public final class HistoryDesk {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final int GAPS_MAX = 500;
  private static final String SUBJECT = "history";

  /**
   * What it needs.
   *
   * @param disk may wait; one thread
   * @param dir this main's own directory
   * @param mains all others, connected or not
   * @param judgements the last of each worker
   * @param minds whether this main acts for the worker's half: of all mains one tells
   * @param shed reports of a priority turned away so far because too many waited
   * @param waiting reports that wait to be read now
   */
  public record Ports(
      NodeId self,
      Switchboard board,
      NodeLoop loop,
      Executor disk,
      Path dir,
      List<NodeId> mains,
      Supplier<Map<NodeId, Judgement>> judgements,
      Predicate<NodeId> minds,
      ToLongFunction<Priority> shed,
      IntSupplier waiting,
      EventSink events) {}

  private final Ports ports;
  private final HealthRecorder recorder;
  private final ReportNumbers numbers = new ReportNumbers();
  private final ReportLog log;
  private final Deque<ReportNumbers.Gap> gaps = new ArrayDeque<>();
  private final HistoryShelf shelf;
  private final HistoryPeers peers;
  private final ReportCalls reportCalls;
  private final ReportMeters meters = new ReportMeters();
  private String trouble = "";

  /** Keeps nothing until started. */
  public HistoryDesk(Ports ports, HistoryConfig config) {
    this.ports = ports;
    recorder = new HealthRecorder(Moment.of(ports.loop.time()));
    log = new ReportLog(config.reports());
    HistoryFiles files = new HistoryFiles(ports.dir.resolve("history"), config.diskBytes());
    shelf = new HistoryShelf(new HistoryDisk(files), ports.disk, ports.loop, this::troubled);
    peers = new HistoryPeers(ports.board, ports.loop, shelf);
    reportCalls = new ReportCalls(this, log);
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    peers.start();
    ports.loop.every(TICK, this::tick);
    ports.loop.every(HOURLY, () -> ports.mains.forEach(peers::catchUp));
    Instant now = ports.loop.time().now();
    shelf.begin(now);
    reportCalls.addTo(calls);
    new HistoryCalls(ports.self, ports.loop, shelf, recorder::open).addTo(calls);
  }

  /** A report came, directly or through another main, and was read. */
  public void taken(Report report) {
    Moment now = Moment.of(ports.loop.time());
    numbers.seen(report, now);
    recorder.observe(report, now);
    log.add(report, now.wall());
    reportCalls.added();
  }

  /** Adds what is alarmed on; before the registry is shown to anybody. */
  public void register(MeterRegistry registry) {
    meters.register(registry);
  }

  /** A trunk opened. */
  public void connected(Peer peer) {
    peers.connected(peer);
  }

  /** Numbers of reports that never came to this main, since it began. */
  public long missed() {
    return numbers.missed();
  }

  /** What is wrong with this main's own files; empty when nothing is. */
  public String trouble() {
    return trouble;
  }

  NodeId self() {
    return ports.self;
  }

  NodeLoop loop() {
    return ports.loop;
  }

  long shed(Priority priority) {
    return ports.shed.applyAsLong(priority);
  }

  /** The last gaps noticed, the oldest first. */
  public List<ReportNumbers.Gap> gaps() {
    return new ArrayList<>(gaps);
  }

  private void tick() {
    meters.update(ports.shed, ports.waiting.getAsInt(), numbers.missed(), peers.taken());
    Moment now = Moment.of(ports.loop.time());
    for (ReportNumbers.Gap gap : numbers.missing(now)) {
      recorder.missing(gap);
      gaps.add(gap);
      if (gaps.size() > GAPS_MAX) {
        gaps.poll();
      }
      if (ports.minds.test(gap.worker())) {
        ports.events.record(Priority.NOTICE, "REPORT_MISSING", gap.worker().name(), text(gap));
      }
    }
    recorder.tick(ports.judgements.get(), now).ifPresent(shelf::record);
  }

  private void troubled(String sentence) {
    if (sentence.equals(trouble)) {
      return;
    }
    boolean over = sentence.isEmpty();
    ports.events.record(
        over ? Priority.NOTICE : Priority.WARNING,
        over ? "HISTORY_KEPT" : "HISTORY_LOSES",
        ports.self.name() + "/" + SUBJECT,
        over ? "History is written again." : sentence);
    trouble = sentence;
  }

  private static String text(ReportNumbers.Gap gap) {
    return (gap.count() == 1 ? "Report " : "Reports ")
        + gap.numbers()
        + " of "
        + gap.worker()
        + " did not come within "
        + ReportNumbers.GRACE.toSeconds()
        + " s: given up by the worker while it reached no main, or lost on the way.";
  }
}
