package io.elottery.reports.trouble;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import io.elottery.reports.report.ShardReport.ReplicaRole;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.HemisphereView;
import io.elottery.reports.view.NetworkView;
import io.elottery.reports.view.ShardView;
import io.elottery.reports.view.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A network of six workers in two halves with one shard of five copies; things go wrong in it. */
public final class Scene {
  public static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  public static final Instant THEN = NOW.minusSeconds(60);

  public Surroundings around = Surroundings.QUIET;
  private final Map<Hemisphere, HemisphereView> halves = new TreeMap<>();
  private final Map<NodeId, Judgement> judgements = new TreeMap<>();
  public final Map<NodeId, Location> locations = new TreeMap<>();
  private final Map<NodeId, TreeSet<NodeId>> neighbours = new TreeMap<>();
  private final Map<NodeId, Map<NodeId, NeighbourReport>> said = new TreeMap<>();
  private Optional<NodeId> writer = Optional.of(worker(1));
  private Instant now = NOW;

  /** Everything is well. */
  public Scene() {
    for (Hemisphere half : Hemisphere.values()) {
      int n = half == Hemisphere.LEFT ? 1 : 2;
      led(half, Optional.of(NodeId.of("main-" + n)), n, half);
    }
    for (int i = 1; i <= 6; i++) {
      is(worker(i), Verdict.UP, Optional.empty(), "LEFT hears it");
      neighbours.put(worker(i), new TreeSet<>(List.of(worker(i % 6 + 1), worker((i + 4) % 6 + 1))));
    }
    neighbours.forEach((one, others) -> others.forEach(other -> hears(one, other, true, true)));
  }

  public static NodeId worker(int number) {
    return NodeId.of("worker-" + number);
  }

  /** What main concluded, a minute ago. */
  public Scene is(NodeId worker, Verdict verdict, Optional<String> behind, String... sentences) {
    Hemisphere half =
        Integer.parseInt(worker.name().substring(7)) % 2 == 1 ? Hemisphere.LEFT : Hemisphere.RIGHT;
    List<Evidence> evidence = new ArrayList<>();
    for (String sentence : sentences) {
      evidence.add(new Evidence("LEFT", Evidence.Claim.HEARD, sentence));
    }
    judgements.put(worker, new Judgement(worker, half, verdict, THEN, behind, evidence));
    return this;
  }

  public Scene is(NodeId worker, Verdict verdict) {
    return is(worker, verdict, Optional.empty(), "LEFT has not heard it since " + THEN);
  }

  public Scene led(Hemisphere half, Optional<NodeId> by, long fence, Hemisphere... covers) {
    halves.put(
        half, new HemisphereView(half, by, fence, List.of(NodeId.of("main-3")), List.of(covers)));
    return this;
  }

  public Scene hears(NodeId one, NodeId other, boolean trusted, boolean heardBack) {
    return says(one, other, trusted ? Trust.TRUSTED : Trust.DEAD, true, heardBack);
  }

  public Scene closed(NodeId one, NodeId other) {
    return says(one, other, Trust.DEAD, false, false);
  }

  public Scene writer(Optional<NodeId> who) {
    writer = who;
    return this;
  }

  public Scene later(Duration time) {
    now = now.plus(time);
    return this;
  }

  private Scene says(NodeId one, NodeId other, Trust trust, boolean open, boolean heardBack) {
    said.computeIfAbsent(one, none -> new LinkedHashMap<>())
        .put(
            other,
            new NeighbourReport(
                other,
                100,
                100,
                0,
                Duration.ofMillis(1),
                0,
                trust,
                THEN,
                open,
                !open,
                true,
                heardBack));
    return this;
  }

  public NetworkView view() {
    List<WorkerView> workers = new ArrayList<>();
    judgements.forEach(
        (id, is) ->
            workers.add(
                new WorkerView(
                    is,
                    locations.getOrDefault(id, Location.UNKNOWN),
                    List.copyOf(neighbours.getOrDefault(id, new TreeSet<>())))));
    ShardView shard =
        new ShardView(3, writer, List.of(worker(1), worker(2), worker(3), worker(4), worker(5)));
    return new NetworkView(List.copyOf(halves.values()), workers, List.of(shard));
  }

  public List<Report> reports() {
    List<Report> reports = new ArrayList<>();
    said.forEach((id, words) -> reports.add(report(id, 1, List.copyOf(words.values()))));
    return reports;
  }

  public static Report report(NodeId id, long number, List<NeighbourReport> words) {
    return new Report(
        id,
        1,
        number,
        THEN,
        Priority.ROUTINE,
        true,
        false,
        Verdict.UP,
        List.of(),
        Load.NONE,
        words,
        List.of(new ShardReport(3, ReplicaRole.FOLLOWER, Optional.empty(), 1, 1, 1, List.of())),
        Optional.empty());
  }

  public Picture picture() {
    return Picture.of(now, view(), reports()).around(around);
  }

  public List<Trouble> troubles() {
    return Troubles.of(picture());
  }
}
