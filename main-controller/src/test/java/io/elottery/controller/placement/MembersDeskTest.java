package io.elottery.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.MapRecords;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.Move;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.ReportsKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Main brings a shard's copies to where they are to be, over take-overs and changes of mind. */
final class MembersDeskTest {
  private static final ShardId SHARD = new ShardId(0);

  private final Wire wire = new Wire();
  private final MapRecords records = new MapRecords();
  private final Map<NodeId, Wire.Station> workers = new TreeMap<>();
  private final Set<NodeId> down = new TreeSet<>();
  private final Ring first;
  // The shard as its Raft group would be, with copies that catch up at once.
  private final Map<NodeId, Member> open = new TreeMap<>();
  private final List<Member> voters = new ArrayList<>();
  private final List<Member> learners = new ArrayList<>();
  private final List<MemberStep.Kind> taken = new ArrayList<>();
  private final List<Wire.Station> mains = new ArrayList<>();
  private final Set<Member> damaged = new TreeSet<>();
  private final Map<NodeId, List<Member>> refusals = new TreeMap<>();
  private boolean stuck;

  MembersDeskTest() {
    List<NodeId> names = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      NodeId id = NodeId.of("worker-" + i);
      names.add(id);
      workers.put(id, worker(id));
    }
    first = RingBuilder.place(names.subList(0, 5), 1, 5);
    first.placement(SHARD).members().forEach(member -> open.put(member.node(), member));
    voters.addAll(open.values());
  }

  @Test
  void aDeadWorkersCopyIsExchangedAndErasedOnItsReturn() {
    MembersDesk desk = lead("main-1", 1);
    NodeId dead = NodeId.of("worker-3");
    fail(dead);

    desk.leave(dead, "order LEFT-1");
    wire.pass(Duration.ofSeconds(10));

    assertThat(desk.held(dead)).isEmpty();
    assertThat(voters).hasSize(5).contains(new Member(NodeId.of("worker-6"), 2));
    assertThat(taken)
        .containsExactly(MemberStep.Kind.JOIN, MemberStep.Kind.LEARN, MemberStep.Kind.SWAP);
    down.remove(dead);
    wire.pass(Duration.ofSeconds(10));
    assertThat(taken).endsWith(MemberStep.Kind.LEAVE);
    assertThat(open).doesNotContainKey(dead);
  }

  @Test
  void anotherLeaderGoesOnWhereTheFirstOneStopped() {
    MembersDesk desk = lead("main-1", 1);
    stuck = true;
    assertThat(desk.exchange(SHARD, NodeId.of("worker-1"), NodeId.of("worker-7"), "why")).isEmpty();
    wire.pass(Duration.ofSeconds(3));
    assertThat(voters).doesNotContain(new Member(NodeId.of("worker-7"), 2));

    stuck = false;
    mains.forEach(wire::remove);
    MembersDesk next = lead("main-2", 2);
    wire.pass(Duration.ofSeconds(10));

    assertThat(voters).contains(new Member(NodeId.of("worker-7"), 2)).hasSize(5);
    assertThat(next.book().of(SHARD)).get().matches(record -> record.rests());
  }

  @Test
  void aWorkerThatIsBackInTimeKeepsItsCopy() {
    MembersDesk desk = lead("main-1", 1);
    NodeId late = NodeId.of("worker-3");
    fail(late);
    stuck = true;
    desk.leave(late, "order LEFT-1");
    wire.pass(Duration.ofSeconds(4));

    down.remove(late);
    stuck = false;
    desk.back(late, "it is back");
    wire.pass(Duration.ofSeconds(10));

    assertThat(voters).hasSize(5).contains(new Member(late, 1));
    assertThat(learners).isEmpty();
    assertThat(open).hasSize(5);
  }

  @Test
  void aCopyThatItsWorkerHasNoMoreIsMadeAnewUnderANewIncarnation() {
    lead("main-1", 1);
    NodeId wiped = NodeId.of("worker-4");
    wire.pass(Duration.ofSeconds(6));
    open.remove(wiped);

    wire.pass(Duration.ofSeconds(40));

    assertThat(voters).contains(new Member(wiped, 2)).doesNotContain(new Member(wiped, 1));
  }

  @Test
  void aCopyThatOneAloneRefusesIsMadeAnewWhileAllAnswer() {
    lead("main-1", 1);
    NodeId refused = NodeId.of("worker-4");
    NodeId away = NodeId.of("worker-5");
    fail(away);
    refusals.put(NodeId.of("worker-1"), List.of(new Member(refused, 1)));

    wire.pass(Duration.ofSeconds(40));
    assertThat(voters).as("one is away").contains(new Member(refused, 1));
    down.remove(away);
    wire.pass(Duration.ofSeconds(40));

    assertThat(voters).contains(new Member(refused, 2)).doesNotContain(new Member(refused, 1));
    assertThat(voters).hasSize(5);
  }

  @Test
  void aCopyThatIsDamagedWhileItJoinsIsBegunAnew() {
    MembersDesk desk = lead("main-1", 1);
    NodeId by = NodeId.of("worker-7");
    stuck = true;
    assertThat(desk.exchange(SHARD, NodeId.of("worker-1"), by, "why")).isEmpty();
    wire.pass(Duration.ofSeconds(3));
    assertThat(learners).containsExactly(new Member(by, 2));
    open.remove(by);
    damaged.add(new Member(by, 2));

    wire.pass(Duration.ofSeconds(30));
    assertThat(learners).containsExactly(new Member(by, 3));
    stuck = false;
    wire.pass(Duration.ofSeconds(10));

    assertThat(voters).contains(new Member(by, 3)).hasSize(5);
    assertThat(desk.book().of(SHARD)).get().matches(record -> record.rests());
  }

  @Test
  void aCopyThatIsDamagedBeforeItLearnsIsBegunAnew() {
    MembersDesk desk = lead("main-1", 1);
    NodeId by = NodeId.of("worker-7");
    damaged.add(new Member(by, 2));

    assertThat(desk.exchange(SHARD, NodeId.of("worker-1"), by, "why")).isEmpty();
    wire.pass(Duration.ofSeconds(40));

    assertThat(voters).contains(new Member(by, 3)).hasSize(5);
  }

  @Test
  void growingBalancesWithOneMoveForEachCopy() {
    MembersDesk desk = lead("main-1", 1);

    assertThat(desk.wouldMove(Set.of(NodeId.of("worker-1")))).hasSize(1);
    assertThat(desk.balance(Set.of(NodeId.of("worker-1")))).isEmpty();
    wire.pass(Duration.ofSeconds(10));

    assertThat(voters).hasSize(5).noneMatch(it -> it.node().equals(NodeId.of("worker-1")));
    assertThat(desk.balancing()).isEmpty();
    assertThat(records.values).doesNotContainKey("balance");
  }

  @Test
  void whatIsBeingExchangedIsPlannedAsItWillBe() {
    MembersDesk desk = lead("main-1", 1);
    stuck = true;

    assertThat(desk.balance(Set.of(NodeId.of("worker-1")))).isEmpty();
    wire.pass(Duration.ofSeconds(3));

    assertThat(learners).hasSize(1);
    assertThat(desk.balancing()).contains(List.of());
  }

  @Test
  void aWorkerThatIsSuspectedForAMomentIsWaitedForWhenShardsAreBalanced() {
    MembersDesk desk = lead("main-1", 1);
    NodeId moment = NodeId.of("worker-6");
    Set<NodeId> others = Set.of(NodeId.of("worker-1"), NodeId.of("worker-7"));
    assertThat(desk.wouldMove(others)).first().extracting(Move::in).isEqualTo(List.of(moment));
    down.add(moment);

    assertThat(desk.balance(others)).isEmpty();
    wire.pass(Duration.ofSeconds(10));
    assertThat(taken).isEmpty();
    down.remove(moment);
    wire.pass(Duration.ofSeconds(10));

    assertThat(voters).hasSize(5).contains(new Member(moment, 2));
    assertThat(desk.balancing()).isEmpty();
  }

  private void fail(NodeId worker) {
    down.add(worker);
  }

  private MembersDesk lead(String name, long fence) {
    Wire.Station at = wire.station(name, Role.MAIN);
    mains.add(at);
    Hemispheres halves = new Hemispheres(at.id);
    PlacementBook book = new PlacementBook(records, halves, ring -> {});
    Map<NodeId, Location> places = new TreeMap<>();
    workers.keySet().forEach(id -> places.put(id, Location.UNKNOWN));
    MembersDesk desk =
        new MembersDesk(
            new MembersPorts(
                at.board,
                at.loop,
                halves,
                records,
                book,
                () -> places,
                id -> !down.contains(id),
                id -> !down.contains(id),
                (severity, code, subject, text) -> {}),
            new PlacementConfig(1, 5, 2));
    halves.add(desk);
    halves.elected(Hemisphere.LEFT, fence);
    book.recall(first);
    desk.start();
    wire.pass(Duration.ofSeconds(1));
    return desk;
  }

  private Wire.Station worker(NodeId id) {
    Wire.Station at = wire.station(id.name(), Role.WORKER);
    at.board.serve(
        ReportsKinds.REPLICA_VIEWS,
        (from, request, answer) ->
            answer.reply(
                new Envelope(
                    ReportsKinds.REPLICAS_VIEWED,
                    ReportsKinds.VERSION,
                    ReplicaView.encode(views(id)))));
    at.board.serve(
        ReportsKinds.MEMBER_STEP,
        (from, request, answer) -> {
          take(id, step(request));
          answer.reply(
              new Envelope(ReportsKinds.MEMBER_STEP_TAKEN, ReportsKinds.VERSION, new byte[0]));
        });
    return at;
  }

  private static MemberStep step(Envelope request) {
    try {
      WireReader in = new WireReader(request.body());
      in.i64();
      return MemberStep.decode(in.rest());
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void take(NodeId at, MemberStep step) {
    taken.add(step.kind());
    switch (step.kind()) {
      case JOIN -> {
        if (!damaged.contains(step.first())) {
          open.put(at, step.first());
        }
      }
      case LEAVE -> open.remove(at);
      case LEARN -> learners.add(step.first());
      case SWAP -> {
        learners.remove(step.first());
        voters.remove(step.others().get(0));
        voters.add(step.first());
      }
      case REMOVE -> {
        learners.remove(step.first());
        voters.remove(step.first());
      }
      case GROW, SHRINK, PROMOTE, HAND_OVER -> throw new AssertionError(step.words());
    }
  }

  private List<ReplicaView> views(NodeId id) {
    Member member = open.get(id);
    if (member == null) {
      return List.of();
    }
    NodeId writer = NodeId.of("worker-2");
    boolean writes = id.equals(writer);
    return List.of(
        new ReplicaView(
            SHARD,
            member,
            writes,
            Optional.of(writer),
            1,
            10,
            10,
            10,
            new Membership(taken.size(), true, voters, learners),
            new TreeMap<>(),
            writes && !stuck ? learners : List.of(),
            0,
            0,
            refusals.getOrDefault(id, List.of())));
  }
}
