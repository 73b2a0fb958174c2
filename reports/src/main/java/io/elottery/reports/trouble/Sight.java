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

  /** Something of which every server is away. */
  record Place(String code, String label, List<NodeId> members) {}

  /** Data centres, then zones, then hosts of which all is away; none inside another one. */
  List<Place> wholePlaces() {
    List<Place> places = new ArrayList<>();
    add(
        places,
        Codes.DATACENTRE_AWAY,
        "data centre",
        id -> locations.getOrDefault(id, Location.UNKNOWN).datacentre());
    add(places, Codes.ZONE_AWAY, "zone", id -> zone(locations.getOrDefault(id, Location.UNKNOWN)));
    add(places, Codes.HOST_AWAY, "host", id -> picture.around().hosts().getOrDefault(id, ""));
    return places;
  }

  private void add(List<Place> places, String code, String kind, Function<NodeId, String> placeOf) {
    Map<String, List<NodeId>> byPlace = new TreeMap<>();
    for (NodeId worker : judgements.keySet()) {
      String place = placeOf.apply(worker);
      if (!place.isEmpty()) {
        byPlace.computeIfAbsent(place, none -> new ArrayList<>()).add(worker);
      }
    }
    byPlace.forEach(
        (name, members) -> {
          boolean inside =
              places.stream().anyMatch(larger -> larger.members().containsAll(members));
          if (!inside && !whole(members).isEmpty()) {
            places.add(new Place(code, kind + " " + name, members));
          }
        });
  }

  private static String zone(Location location) {
    return location.zone().isEmpty() ? "" : location.toString();
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
    return wholePlaces().stream()
        .filter(place -> place.members().contains(worker))
        .findFirst()
        .map(place -> place.code() + ":" + place.label());
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
