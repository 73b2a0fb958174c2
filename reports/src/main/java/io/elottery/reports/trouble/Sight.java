package io.elottery.reports.trouble;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.ShardView;
import io.elottery.reports.view.WorkerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A picture, looked up by server: who is away, and what that follows from. */
final class Sight {
  private static final int MANY = 2; // one server alone is its own cause

  final Picture picture;
  private final Map<NodeId, Judgement> judgements = new TreeMap<>();
  private final Map<NodeId, Report> reports = new TreeMap<>();
  private final Map<NodeId, List<ShardView>> shards = new TreeMap<>();
  private final TreeSet<NodeId> away = new TreeSet<>();

  Sight(Picture picture) {
    this.picture = picture;
    for (WorkerView worker : picture.view().workers()) {
      Judgement judgement = worker.judgement();
      judgements.put(judgement.worker(), judgement);
      if (isAway(judgement)) {
        away.add(judgement.worker());
      }
    }
    picture.reports().forEach(report -> reports.put(report.worker(), report));
    for (ShardView shard : picture.view().shards()) {
      for (NodeId member : shard.replicas()) {
        shards.computeIfAbsent(member, none -> new ArrayList<>()).add(shard);
      }
    }
  }

  /** Whether it is lost, or hidden by something that hides more than one. */
  private static boolean isAway(Judgement judgement) {
    return judgement.verdict() == Verdict.DOWN
        || (judgement.verdict() == Verdict.UNKNOWN && judgement.behind().isPresent());
  }

  Verdict verdict(NodeId worker) {
    Judgement known = judgements.get(worker);
    return known == null ? Verdict.UNKNOWN : known.verdict();
  }

  Optional<Judgement> judgement(NodeId worker) {
    return Optional.ofNullable(judgements.get(worker));
  }

  boolean isAway(NodeId worker) {
    return away.contains(worker);
  }

  /** Whether what it last reported still says how it is. */
  boolean isHeard(NodeId worker) {
    Verdict verdict = verdict(worker);
    return verdict != Verdict.DOWN && verdict != Verdict.UNKNOWN;
  }

  /** What the worker said of its neighbour, when its word still counts. */
  Optional<NeighbourReport> said(NodeId worker, NodeId of) {
    Report report = reports.get(worker);
    if (report == null || !isHeard(worker) || report.doubtful()) {
      return Optional.empty();
    }
    return report.neighbours().stream().filter(one -> one.neighbour().equals(of)).findFirst();
  }

  Optional<Report> report(NodeId worker) {
    return Optional.ofNullable(reports.get(worker));
  }

  List<ShardView> shardsOf(NodeId worker) {
    return shards.getOrDefault(worker, List.of());
  }

  /** Copies of a shard that are not lost. */
  long copies(ShardView shard) {
    return shard.replicas().stream().filter(each -> verdict(each) != Verdict.DOWN).count();
  }

  static int majority(ShardView shard) {
    return shard.replicas().size() / 2 + 1;
  }

  /** All servers, when every one of them is away; none when one is there. */
  List<NodeId> wholeNetwork() {
    return whole(List.copyOf(judgements.keySet()));
  }

  /** All servers of the half, when every one of them is away and the other half is there. */
  List<NodeId> wholeHalf(Hemisphere half) {
    List<NodeId> members =
        judgements.values().stream()
            .filter(each -> each.hemisphere() == half)
            .map(Judgement::worker)
            .toList();
    return members.size() == judgements.size() ? List.of() : whole(members);
  }

  /** Hosts of which every server is away, with those servers. */
  Map<String, List<NodeId>> wholeHosts() {
    Map<String, List<NodeId>> byHost = new TreeMap<>();
    for (NodeId worker : judgements.keySet()) {
      String host = picture.around().hosts().get(worker);
      if (host != null) {
        byHost.computeIfAbsent(host, none -> new ArrayList<>()).add(worker);
      }
    }
    byHost.values().removeIf(members -> whole(members).isEmpty());
    return byHost;
  }

  private List<NodeId> whole(List<NodeId> members) {
    return members.size() >= MANY && away.containsAll(members) ? members : List.of();
  }

  /** The key of the trouble that a server's absence follows from. */
  Optional<String> causeOfAbsence(NodeId worker) {
    if (!isAway(worker)) {
      return Optional.empty();
    }
    if (!wholeNetwork().isEmpty()) {
      return Optional.of(Codes.NETWORK_AWAY + ":network");
    }
    for (Hemisphere half : Hemisphere.values()) {
      if (wholeHalf(half).contains(worker)) {
        return Optional.of(Codes.HALF_AWAY + ":" + half);
      }
    }
    String host = picture.around().hosts().getOrDefault(worker, "");
    return wholeHosts().getOrDefault(host, List.of()).contains(worker)
        ? Optional.of(Codes.HOST_AWAY + ":host " + host)
        : Optional.empty();
  }

  /** The key of the trouble about a server that is not there. */
  Optional<String> absence(NodeId worker) {
    if (verdict(worker) == Verdict.DOWN) {
      return Optional.of(Codes.SERVER_DOWN + ":" + worker);
    }
    return verdict(worker) == Verdict.UNKNOWN
        ? Optional.of(Codes.SERVER_UNKNOWN + ":" + worker)
        : Optional.empty();
  }
}
