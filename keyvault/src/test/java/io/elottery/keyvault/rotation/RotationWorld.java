package io.elottery.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two mains, four workers, five links; what must hold of their keys is looked at all the time. */
final class RotationWorld {
  static final Duration DEADLINE = Duration.ofSeconds(4);

  final SimWorld world;
  final List<LinkName> links =
      List.of(
          LinkName.parse("worker-1~worker-2/neighbour"),
          LinkName.parse("worker-1~worker-2/replica"),
          LinkName.parse("worker-1~worker-3/neighbour"),
          LinkName.parse("worker-2~worker-4/neighbour"),
          LinkName.parse("worker-3~worker-4/neighbour"));
  final SharedRecords records = new SharedRecords(this);
  final CrashPoints points;
  final List<SimNode> nodes = new ArrayList<>();
  private final Map<NodeId, SimMain> mains = new TreeMap<>();
  private final Map<NodeId, SimEnd> ends = new TreeMap<>();
  private Optional<NodeId> leader = Optional.empty();
  private int rotations;

  RotationWorld(long seed, long crashAt, double crashChance) {
    world = new SimWorld(seed);
    points = new CrashPoints(this, crashAt, crashChance);
    for (String name : List.of("main-1", "main-2")) {
      SimMain main = new SimMain(this);
      mains.put(NodeId.of(name), main);
      nodes.add(world.node(name, Role.MAIN, main));
    }
    for (String name : List.of("worker-1", "worker-2", "worker-3", "worker-4")) {
      SimEnd end = new SimEnd(this, NodeId.of(name));
      ends.put(NodeId.of(name), end);
      nodes.add(world.node(name, Role.WORKER, end));
    }
    world.network("trunks");
    world.network("links");
    world.invariant("EndsShareAKey", this::endsShareAKey);
    world.invariant("OneLinkOfAWorkerAtOnce", this::oneAtOnce);
    world.startAll();
    elect();
  }

  /** Begins a plan over all links, on whoever leads. */
  void rotateAll() {
    rotations++;
    leader.ifPresent(id -> main(id).rotateAll("p-" + rotations));
  }

  /** Cuts a link, on whoever leads. */
  void cut(LinkName link) {
    leader.ifPresent(id -> main(id).cut(link));
  }

  /** Another main leads, though the one before may live and not know it yet. */
  void takeOver() {
    Optional<NodeId> before = leader;
    List<NodeId> alive =
        mains.keySet().stream()
            .filter(id -> world.node(id).isAlive() && !before.equals(Optional.of(id)))
            .toList();
    if (alive.isEmpty()) {
      return;
    }
    leader = Optional.of(alive.get(0));
    records.fence++;
    main(alive.get(0)).lead(records.fence);
    before.ifPresent(
        id ->
            world.after(
                Duration.ofMillis(world.chance().between(1, 400)),
                () -> {
                  if (world.node(id).isAlive() && !leader.equals(Optional.of(id))) {
                    main(id).depose();
                  }
                }));
  }

  // Looks for a leader four times a second; one that died is no leader after its restart.
  private void elect() {
    boolean led =
        leader.isPresent()
            && world.node(leader.get()).isAlive()
            && starts.getOrDefault(leader.get(), -1L) == world.node(leader.get()).starts();
    if (!led) {
      List<NodeId> alive = mains.keySet().stream().filter(id -> world.node(id).isAlive()).toList();
      if (!alive.isEmpty()) {
        NodeId next = alive.get(world.chance().nextInt(alive.size()));
        leader = Optional.of(next);
        records.fence++;
        main(next).lead(records.fence);
      }
    }
    leader.ifPresent(id -> starts.put(id, world.node(id).starts()));
    world.after(Duration.ofMillis(250), this::elect);
  }

  private final Map<NodeId, Long> starts = new TreeMap<>();

  /** Every link has one key, the same on both ends' disks and in the record, and runs under it. */
  boolean isSettled() {
    return links.stream().allMatch(this::isSettled);
  }

  private boolean isSettled(LinkName link) {
    Optional<PairRecord> record = records.pair(link);
    if (record.isEmpty() || record.get().state().phase() != Phase.STEADY) {
      return false;
    }
    SortedMap<Integer, Secret> keys = record.get().keys();
    return link.ends().stream()
        .map(this::end)
        .allMatch(
            end ->
                end.stored(link.text()).kept().equals(keys)
                    && end.ring(link.text()).kept().equals(keys)
                    && end.running(link.text()) == keys.lastKey());
  }

  String picture() {
    StringBuilder text = new StringBuilder();
    for (LinkName link : links) {
      text.append('\n').append(records.pair(link).map(PairRecord::state));
      for (NodeId id : link.ends()) {
        KeyRing ring = end(id).ring(link.text());
        text.append("\n  ").append(id).append(' ').append(ring.kept().keySet());
        text.append(" pending ").append(ring.pending().map(grant -> grant.epoch()));
        text.append(" running ").append(end(id).running(link.text()));
      }
    }
    return text.append('\n')
        .append(records.rotation())
        .append(" led by ")
        .append(leader)
        .toString();
  }

  /** Looked at before a pair record is written. */
  void checkWrite(PairRecord next) {
    LinkKeys state = next.state();
    Optional<PairRecord> before = records.pair(state.link());
    before.ifPresent(is -> assertThat(state.last()).isGreaterThanOrEqualTo(is.state().last()));
    if (state.phase() == Phase.RETIRING) {
      for (NodeId id : state.link().ends()) {
        assertThat(end(id).stored(state.link().text()).kept().entrySet())
            .as("%s retires an epoch of %s only after both hold the next", id, state.link())
            .contains(Map.entry(state.last(), next.key(state.last()).orElseThrow()));
      }
    }
    boolean retired =
        before.isPresent()
            && before.get().state().phase() == Phase.RETIRING
            && state.phase() == Phase.STEADY;
    if (retired) {
      for (NodeId id : state.link().ends()) {
        assertThat(end(id).stored(state.link().text()).kept().keySet())
            .as("%s of %s destroyed what main calls destroyed", id, state.link())
            .isEqualTo(Set.of(state.last()));
      }
    }
  }

  private void endsShareAKey() {
    for (LinkName link : links) {
      Optional<PairRecord> record = records.pair(link);
      if (record.isEmpty() || record.get().state().inUse().isEmpty()) {
        continue;
      }
      SimEnd low = end(link.low());
      SimEnd high = end(link.high());
      for (KeyRing one : List.of(low.ring(link.text()), low.stored(link.text()))) {
        for (KeyRing other : List.of(high.ring(link.text()), high.stored(link.text()))) {
          boolean shared =
              one.kept().entrySet().stream()
                  .anyMatch(key -> other.key(key.getKey()).equals(Optional.of(key.getValue())));
          if (!shared) {
            throw new AssertionError(
                link + ": no key that both ends accept: " + one.kept() + ", " + other.kept());
          }
        }
      }
    }
  }

  private void oneAtOnce() {
    Set<NodeId> rotating = new TreeSet<>();
    for (LinkName link : links) {
      if (records.pair(link).filter(is -> is.state().isRotating()).isPresent()) {
        for (NodeId end : link.ends()) {
          if (!rotating.add(end)) {
            throw new AssertionError("two links of " + end + " are being rotated" + picture());
          }
        }
      }
    }
  }

  private SimMain main(NodeId id) {
    return Optional.ofNullable(mains.get(id)).orElseThrow();
  }

  private SimEnd end(NodeId id) {
    return Optional.ofNullable(ends.get(id)).orElseThrow();
  }
}
