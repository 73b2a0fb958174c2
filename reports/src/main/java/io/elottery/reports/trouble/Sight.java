package io.elottery.reports.trouble;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.ShardView;
import io.elottery.reports.view.WorkerView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A picture, looked up by server: who is away, and what that follows from. */
final class Sight {
  private static final int MANY = 2; // one server alone is its own cause

  final Picture picture;
  private final Map<NodeId, Judgement> judgements = new TreeMap<>();
  private final Map<NodeId, Location> locations = new TreeMap<>();
  private final Map<NodeId, Report> reports = new TreeMap<>();
  private final Map<NodeId, List<ShardView>> shards = new TreeMap<>();
  private final TreeSet<NodeId> away = new TreeSet<>();
  private final Map<Hemisphere, List<NodeId>> halves = new EnumMap<>(Hemisphere.class);
  private final List<Place> places = new ArrayList<>();
  private final Map<NodeId, String> causes = new TreeMap<>();
  private List<NodeId> network = List.of();

  Sight(Picture picture) {
    this.picture = picture;
    for (WorkerView worker : picture.view().workers()) {
      Judgement judgement = worker.judgement();
      judgements.put(judgement.worker(), judgement);
      locations.put(judgement.worker(), worker.location());
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
    findWholes();
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
    return network;
  }

  /** All servers of the half, when every one of them is away and the other half is there. */
  List<NodeId> wholeHalf(Hemisphere half) {
    return halves.getOrDefault(half, List.of());
  }

  /** Something of which every server is away. */
  record Place(String code, String label, List<NodeId> members) {}

  /** Data centres, then zones, then hosts of which all is away; none inside another one. */
  List<Place> wholePlaces() {
    return places;
  }

  // Once for the whole picture: many servers ask at the moment when many are away.
  private void findWholes() {
    addPlaces(Codes.DATACENTRE_AWAY, "data centre", id -> location(id).datacentre());
    addPlaces(Codes.ZONE_AWAY, "zone", id -> zone(location(id)));
    addPlaces(Codes.HOST_AWAY, "host", id -> picture.around().hosts().getOrDefault(id, ""));
    for (Hemisphere half : Hemisphere.values()) {
      List<NodeId> members =
          judgements.values().stream()
              .filter(each -> each.hemisphere() == half)
              .map(Judgement::worker)
              .toList();
      boolean some = members.size() < judgements.size();
      halves.put(half, some ? whole(members) : List.of());
      wholeHalf(half).forEach(member -> causes.put(member, Codes.HALF_AWAY + ":" + half));
    }
    network = whole(List.copyOf(judgements.keySet()));
    network.forEach(member -> causes.put(member, Codes.NETWORK_AWAY + ":network"));
  }

  private void addPlaces(String code, String kind, Function<NodeId, String> placeOf) {
    Map<String, List<NodeId>> byPlace = new TreeMap<>();
    for (NodeId worker : away) {
      byPlace.put(placeOf.apply(worker), new ArrayList<>());
    }
    byPlace.remove("");
    for (NodeId worker : judgements.keySet()) {
      byPlace.computeIfPresent(placeOf.apply(worker), (name, members) -> and(members, worker));
    }
    byPlace.forEach(
        (name, members) -> {
          boolean inside = members.stream().allMatch(causes::containsKey);
          if (!inside && !whole(members).isEmpty()) {
            String label = kind + " " + name;
            places.add(new Place(code, label, members));
            members.forEach(member -> causes.put(member, code + ":" + label));
          }
        });
  }

  private static List<NodeId> and(List<NodeId> members, NodeId worker) {
    members.add(worker);
    return members;
  }

  private Location location(NodeId worker) {
    return locations.getOrDefault(worker, Location.UNKNOWN);
  }

  private static String zone(Location location) {
    return location.zone().isEmpty() ? "" : location.toString();
  }

  private List<NodeId> whole(List<NodeId> members) {
    return members.size() >= MANY && away.containsAll(members) ? members : List.of();
  }

  /** The key of the trouble that a server's absence follows from. */
  Optional<String> causeOfAbsence(NodeId worker) {
    return Optional.ofNullable(causes.get(worker));
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
