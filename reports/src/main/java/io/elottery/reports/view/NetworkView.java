package io.elottery.reports.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole picture: the one source of what command, console and API show.
 *
 * @param hemispheres LEFT, then RIGHT
 * @param workers ascending by name
 * @param shards ascending by number
 */
public record NetworkView(
    List<HemisphereView> hemispheres, List<WorkerView> workers, List<ShardView> shards) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Sorts and copies. */
  public NetworkView {
    hemispheres =
        hemispheres.stream().sorted(Comparator.comparing(HemisphereView::hemisphere)).toList();
    workers =
        workers.stream().sorted(Comparator.comparing(view -> view.judgement().worker())).toList();
    shards = shards.stream().sorted(Comparator.comparing(ShardView::id)).toList();
  }

  /**
   * Decides the state of everything: the only place that does.
   *
   * @param judgements the last of each worker; a worker of the roster without one is UNKNOWN
   * @param placement shard number to members, as the ring says; used where no report knows better
   * @param reports the last of each worker
   * @param started since when a worker without judgement is unknown
   */
  public static NetworkView of(
      List<HemisphereView> hemispheres,
      Roster roster,
      Map<NodeId, Judgement> judgements,
      Map<Integer, List<NodeId>> placement,
      Collection<Report> reports,
      Instant started) {
    List<WorkerView> workers = new ArrayList<>();
    for (RosterWorker worker : roster.workers()) {
      Judgement judgement = judgements.get(worker.id());
      workers.add(
          new WorkerView(
              judgement == null ? unknown(worker, started) : judgement,
              worker.location(),
              worker.neighbours(),
              load(worker.id(), reports)));
    }
    List<ShardView> shards = new ArrayList<>();
    Map<Integer, ShardReport> last = last(reports);
    placement.forEach(
        (shard, members) ->
            shards.add(shard(shard, members, judgements, Optional.ofNullable(last.get(shard)))));
    return new NetworkView(hemispheres, workers, shards);
  }

  /** The status JSON, always the same bytes for the same picture. */
  public byte[] toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    ObjectNode halves = json.putObject("hemispheres");
    for (HemisphereView view : hemispheres) {
      ObjectNode half = halves.putObject(view.hemisphere().name());
      half.put("leader", view.leader().map(NodeId::name).orElse(null));
      half.put("fence", view.fence());
      names(half.putArray("substitutes"), view.substitutes());
      ArrayNode covers = half.putArray("covers");
      view.covers().stream().map(Hemisphere::name).forEach(covers::add);
    }
    ArrayNode list = json.putArray("workers");
    workers.forEach(worker -> write(worker, list.addObject()));
    ArrayNode groups = json.putArray("shards");
    for (ShardView shard : shards) {
      ObjectNode group = groups.addObject();
      group.put("id", shard.id());
      group.put("writer", shard.writer().map(NodeId::name).orElse(null));
      names(group.putArray("replicas"), shard.replicas());
    }
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }

  private static void write(WorkerView worker, ObjectNode json) {
    Judgement judgement = worker.judgement();
    json.put("id", judgement.worker().name());
    json.put("hemisphere", judgement.hemisphere().name());
    json.put("verdict", judgement.verdict().name());
    json.put("since", judgement.since().toString());
    json.put("behind", judgement.behind().orElse(null));
    ArrayNode evidence = json.putArray("evidence");
    judgement.evidence().stream().map(Evidence::sentence).forEach(evidence::add);
    names(json.putArray("neighbours"), worker.neighbours());
    if (worker.location().isKnown()) {
      json.put("datacentre", worker.location().datacentre());
      json.put("zone", worker.location().zone());
    }
    if (worker.load() >= 0) {
      json.put("load", worker.load());
    }
  }

  private static int load(NodeId worker, Collection<Report> reports) {
    return reports.stream()
        .filter(report -> report.worker().equals(worker))
        .mapToInt(report -> report.load().permille())
        .findFirst()
        .orElse(-1);
  }

  private static void names(ArrayNode json, List<NodeId> ids) {
    ids.stream().map(NodeId::name).forEach(json::add);
  }

  private static Judgement unknown(RosterWorker worker, Instant started) {
    return new Judgement(
        worker.id(), worker.hemisphere(), Verdict.UNKNOWN, started, Optional.empty(), List.of());
  }

  // Of each shard what was said in the highest term by one who knows its writer.
  private static Map<Integer, ShardReport> last(Collection<Report> reports) {
    Map<Integer, ShardReport> last = new TreeMap<>();
    for (Report report : reports) {
      for (ShardReport said : report.shards()) {
        if (said.writer().isPresent()) {
          last.merge(said.shard(), said, (one, other) -> other.term() > one.term() ? other : one);
        }
      }
    }
    return last;
  }

  // The writer is whoever said so in the highest term, unless it is known to be down since.
  private static ShardView shard(
      int shard,
      List<NodeId> members,
      Map<NodeId, Judgement> judgements,
      Optional<ShardReport> last) {
    List<NodeId> replicas =
        last.map(ShardReport::members).filter(known -> !known.isEmpty()).orElse(members);
    Optional<NodeId> writer = last.flatMap(ShardReport::writer);
    return new ShardView(shard, writer.filter(id -> !isDown(judgements.get(id))), replicas);
  }

  private static boolean isDown(@Nullable Judgement judgement) {
    return judgement != null && judgement.verdict() == Verdict.DOWN;
  }
}
