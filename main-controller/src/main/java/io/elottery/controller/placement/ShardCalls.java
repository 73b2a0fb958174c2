package io.elottery.controller.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.Move;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What the staff may ask about shards and change: their copies and writers. On main's loop. */
public final class ShardCalls {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int TEXT_MAX = 500;
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER, StaffRole.AUDITOR);
  private static final Set<StaffRole> MOVERS = Set.of(StaffRole.OPERATIONS, StaffRole.OFFICER);

  private final MembersDesk members;
  private final Function<AuditEntry, CompletableFuture<Void>> audit;
  private final Time time;

  /**
   * @param audit records what the staff do
   */
  public ShardCalls(
      MembersDesk members, Function<AuditEntry, CompletableFuture<Void>> audit, NodeLoop loop) {
    this.members = members;
    this.audit = audit;
    this.time = loop.time();
  }

  /** Adds all. */
  public void addTo(StaffCalls calls) {
    calls.add("GET", "/shards", READERS, request -> answered(this::list));
    calls.add("GET", "/shards/{shard}", READERS, request -> answered(() -> one(request)));
    calls.add("POST", "/shards/balance", MOVERS, this::balance);
    calls.add("POST", "/shards/{shard}/move", MOVERS, this::move);
    calls.add("POST", "/shards/{shard}/exchange", MOVERS, this::exchange);
  }

  private StaffAnswer list() {
    ArrayNode items = JSON.arrayNode();
    members.book().all().forEach(record -> items.add(json(record)));
    ObjectNode body = JSON.objectNode();
    body.set("items", items);
    members
        .balancing()
        .ifPresent(
            left -> {
              body.set("balance", moves(left));
              ObjectNode progress = body.putObject("balancing");
              progress.put("begun", members.movesBegun()).put("left", left.size());
              members.balancedIn().ifPresent(in -> progress.put("secondsLeft", in.toSeconds()));
            });
    members.idle().forEach(worker -> body.withArray("idle").add(worker.name()));
    body.putNull("next");
    return StaffAnswer.ok(body);
  }

  private StaffAnswer one(StaffRequest request) throws ActionRefused {
    return StaffAnswer.ok(json(record(request)));
  }

  private CompletableFuture<StaffAnswer> move(StaffRequest request) {
    if (request.body().path("dryRun").asBoolean(false)) {
      return answered(() -> effect(record(request), worker(request, "worker")));
    }
    return changed(
        request,
        "SHARDS_MOVE",
        shard -> {
          NodeId worker = worker(request, "worker");
          return members.move(shard, worker, why(request));
        });
  }

  /** What a move of the writing would do. */
  private StaffAnswer effect(PlacementRecord record, NodeId to) throws ActionRefused {
    refuse(members.whyNotMove(record.shard(), to));
    ReplicaView writer = ReplicaView.writer(members.views(record.shard())).orElseThrow();
    NodeId from = writer.member().node();
    Member member = record.at(to).orElseThrow();
    long lag = Math.max(0, writer.last() - writer.position(member).orElse(0L));
    ObjectNode json = json(record);
    ObjectNode effect = json.putObject("effect");
    effect.put("from", from.name()).put("to", to.name()).put("lag", lag);
    put(effect.putObject("writesNow"), from, to, Optional.empty());
    put(effect.putObject("writesThen"), from, to, Optional.of(record.shard()));
    boolean same = from.equals(to);
    effect.put("handsOver", !same);
    effect.put("prefers", !record.members().get(0).node().equals(to));
    return StaffAnswer.ok(json);
  }

  private void put(ObjectNode counts, NodeId from, NodeId to, Optional<ShardId> moved) {
    for (NodeId worker : List.of(from, to)) {
      long writes = 0;
      for (PlacementRecord one : members.book().all()) {
        Optional<NodeId> writer =
            moved.filter(one.shard()::equals).isPresent()
                ? Optional.of(to)
                : ReplicaView.writer(members.views(one.shard())).map(it -> it.member().node());
        writes += writer.filter(worker::equals).isPresent() ? 1 : 0;
      }
      counts.put(worker.name(), writes);
    }
  }

  private CompletableFuture<StaffAnswer> exchange(StaffRequest request) {
    return changed(
        request,
        "SHARDS_EXCHANGE",
        shard ->
            members.exchange(shard, worker(request, "old"), worker(request, "by"), why(request)));
  }

  private CompletableFuture<StaffAnswer> balance(StaffRequest request) {
    return answered(
            () -> {
              Set<NodeId> without = new TreeSet<>();
              for (JsonNode name : request.body().path("without")) {
                without.add(node(name.asText(), "without"));
              }
              List<Move> moves = members.wouldMove(without);
              if (!request.body().path("dryRun").asBoolean(false)) {
                refuse(members.balance(without));
              }
              ObjectNode body = JSON.objectNode();
              body.set("moves", moves(moves));
              return StaffAnswer.accepted(body);
            })
        .thenCompose(answer -> audited(request, "SHARDS_BALANCE", "shards", answer));
  }

  private interface Change {
    Optional<String> of(ShardId shard) throws ActionRefused;
  }

  private CompletableFuture<StaffAnswer> changed(StaffRequest request, String what, Change change) {
    return answered(
            () -> {
              ShardId shard = record(request).shard();
              refuse(change.of(shard));
              return StaffAnswer.accepted(json(record(request)));
            })
        .thenCompose(answer -> audited(request, what, request.part("shard"), answer));
  }

  private CompletableFuture<StaffAnswer> audited(
      StaffRequest request, String what, String about, StaffAnswer answer) {
    boolean only = request.body().path("dryRun").asBoolean(false);
    return answer.status() >= 300 || only
        ? CompletableFuture.completedFuture(answer)
        : audit
            .apply(AuditEntry.done(request.who().name(), what, about, request.body().toString()))
            .thenApply(recorded -> answer);
  }

  private ObjectNode json(PlacementRecord record) {
    List<ReplicaView> views = members.views(record.shard());
    Optional<ReplicaView> writer = ReplicaView.writer(views);
    ObjectNode json = JSON.objectNode().put("id", record.shard().toString());
    json.put("writer", writer.map(view -> view.member().node().name()).orElse(null));
    json.put("preferred", record.members().get(0).node().name());
    json.put("position", writer.map(ReplicaView::commit).orElse(0L));
    json.put("term", writer.map(ReplicaView::term).orElse(0));
    ArrayNode copies = json.putArray("copies");
    List<Member> all = new ArrayList<>(record.members());
    writer.map(ReplicaView::membership).ifPresent(now -> addMissing(all, now));
    all.forEach(member -> copies.add(copy(member, record, views, writer)));
    // What was asked for a moment ago is not in the record yet.
    json.put("rests", record.rests() && !members.isBusy(record.shard()));
    if (!record.rests()) {
      ObjectNode change = json.putObject("change");
      change.put("why", record.why()).put("since", record.since().toString());
      change.put("seconds", Duration.between(record.since(), time.now()).toSeconds());
      members
          .progress(record.shard())
          .ifPresent(
              of -> {
                change.put("percent", Math.round(of.part() * 1000) / 10.0);
                change.put("step", of.words());
                of.left().ifPresent(left -> change.put("secondsLeft", left.toSeconds()));
              });
    }
    return json;
  }

  private static void addMissing(List<Member> all, Membership now) {
    now.voters().stream().filter(member -> !all.contains(member)).forEach(all::add);
    now.learners().stream().filter(member -> !all.contains(member)).forEach(all::add);
  }

  private static ObjectNode copy(
      Member member,
      PlacementRecord record,
      List<ReplicaView> views,
      Optional<ReplicaView> writer) {
    Optional<ReplicaView> own =
        views.stream().filter(view -> view.member().equals(member)).findFirst();
    ObjectNode json =
        JSON.objectNode()
            .put("worker", member.node().name())
            .put("incarnation", member.incarnation());
    json.put("state", state(member, record, own, writer));
    Optional<Long> at =
        own.map(ReplicaView::last).or(() -> writer.flatMap(view -> view.position(member)));
    json.put("position", at.orElse(0L));
    json.put("lag", Math.max(0, writer.map(ReplicaView::last).orElse(0L) - at.orElse(0L)));
    return json;
  }

  private static String state(
      Member member,
      PlacementRecord record,
      Optional<ReplicaView> own,
      Optional<ReplicaView> writer) {
    boolean counts = writer.filter(it -> it.membership().voters().contains(member)).isPresent();
    boolean learns = writer.filter(it -> it.membership().learners().contains(member)).isPresent();
    if (own.isEmpty()) {
      return counts ? "SILENT" : "COMING";
    }
    if (writer.filter(it -> it.member().equals(member)).isPresent()) {
      return "WRITER";
    }
    if (counts) {
      return record.members().contains(member) ? "FOLLOWER" : "LEAVING";
    }
    return learns ? "LEARNER" : "COMING";
  }

  private static ArrayNode moves(List<Move> moves) {
    ArrayNode items = JSON.arrayNode();
    for (Move move : moves) {
      ObjectNode item = items.addObject().put("shard", move.shard().toString());
      item.put("what", move.what().name());
      move.out().forEach(node -> item.withArray("out").add(node.name()));
      move.in().forEach(node -> item.withArray("in").add(node.name()));
      item.put("words", move.words());
    }
    return items;
  }

  private PlacementRecord record(StaffRequest request) throws ActionRefused {
    String name = request.part("shard");
    return members.book().all().stream()
        .filter(it -> it.shard().toString().equals(name) || ("" + it.shard().number()).equals(name))
        .findFirst()
        .orElseThrow(() -> ActionRefused.notFound("There is no shard \"" + name + "\"."));
  }

  private static NodeId worker(StaffRequest request, String field) throws ActionRefused {
    return node(request.required(field, TEXT_MAX), field);
  }

  private static NodeId node(String name, String field) throws ActionRefused {
    try {
      return NodeId.of(name);
    } catch (IllegalArgumentException malformed) {
      throw ActionRefused.invalid(field, "\"" + name + "\" names no worker.");
    }
  }

  private static String why(StaffRequest request) {
    String said = request.text("reason").orElse("").strip();
    String by = request.who().name() + " asked for it";
    return said.isEmpty() || said.length() > TEXT_MAX ? by : by + ": " + said;
  }

  private static void refuse(Optional<String> why) throws ActionRefused {
    if (why.isPresent()) {
      throw ActionRefused.conflict("NOT_NOW", why.get());
    }
  }

  private interface Refusable {
    StaffAnswer answer() throws ActionRefused;
  }

  private static CompletableFuture<StaffAnswer> answered(Refusable work) {
    try {
      return CompletableFuture.completedFuture(work.answer());
    } catch (ActionRefused refused) {
      return CompletableFuture.completedFuture(refused.answer());
    }
  }
}
