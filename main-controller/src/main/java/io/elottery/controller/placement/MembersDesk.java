package io.elottery.controller.placement;

import io.elottery.controller.acting.Replacing;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.ring.Exchange;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.Move;
import io.elottery.ledger.ring.NextStep;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.Rebalance;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Brings who holds a shard to who is to hold it, step by step, a few shards at a time. All it must
 * know is in the records and in what the workers say, so that another leader goes on where this one
 * stopped. On main's loop.
 */
public final class MembersDesk implements Duty, Replacing {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration SELDOM = Duration.ofSeconds(5);
  private static final Duration STEP_PATIENCE = Duration.ofSeconds(12);

  private final MembersPorts ports;
  private final PlacementConfig config;
  private final ReplicaWatch watch;
  private final Balancing balancing;
  private final Ailing ailing = new Ailing();
  private final Map<ShardId, Progress> progress = new TreeMap<>();
  private final Set<ShardId> busy = new TreeSet<>();
  private final Map<NodeId, String> leavers = new TreeMap<>();
  private final Map<NodeId, String> returned = new TreeMap<>();
  private long askedNanos;

  /** Does nothing until this main acts for LEFT. */
  public MembersDesk(MembersPorts ports, PlacementConfig config) {
    this.ports = ports;
    this.config = config;
    this.watch = new ReplicaWatch(ports.board());
    this.balancing = new Balancing(ports, config.copies());
    this.askedNanos = ports.loop().time().nanos() - SELDOM.toNanos();
  }

  /** Begins to look; on the loop or before it turns. */
  public void start() {
    ports.loop().every(LOOK, this::look);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      balancing.recall();
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      progress.clear();
      busy.clear();
      leavers.clear();
      returned.clear();
      balancing.forget();
    }
  }

  // The following are what others ask for. Each says why not, or nothing when it is begun.

  /** A copy is to be on another worker, or on its own under a new incarnation. */
  public Optional<String> exchange(ShardId shard, NodeId old, NodeId by, String why) {
    PlacementRecord is = ports.book().of(shard).orElse(null);
    if (is == null || !is.rests()) {
      return Optional.of(is == null ? "there is no " + shard : shard + " is changing already");
    }
    if (!ports.workers().get().containsKey(by) || !ports.serves().test(by)) {
      return Optional.of(by + " is no worker that serves");
    }
    return write(shard, () -> is.exchange(old, by, why, now()));
  }

  /**
   * A copy is to be made anew: it was lost, went back, lies or is stuck. On its own worker under a
   * new incarnation where that serves, elsewhere otherwise.
   */
  public Optional<String> replace(ShardId shard, NodeId worker, String why) {
    if (ports.connected().test(worker) && ports.serves().test(worker)) {
      return exchange(shard, worker, worker, why);
    }
    Optional<NodeId> by = instead(shard, worker);
    return by.isPresent()
        ? exchange(shard, worker, by.get(), why)
        : Optional.of("no worker that serves is without a copy of " + shard);
  }

  /** Another of its members is to write, now and whenever all is well. */
  public Optional<String> move(ShardId shard, NodeId worker, String why) {
    Optional<String> no = whyNotMove(shard, worker);
    Optional<ReplicaView> writer = ReplicaView.writer(watch.of(shard));
    PlacementRecord is = ports.book().of(shard).orElse(null);
    if (no.isPresent() || is == null || writer.isEmpty()) {
      return no;
    }
    Optional<Member> to = is.at(worker);
    Optional<String> refused = write(shard, () -> is.prefer(worker, why, now()));
    if (refused.isEmpty() && !writer.get().member().equals(to.orElseThrow())) {
      take(writer.get().member().node(), MemberStep.of(shard, MemberStep.Kind.HAND_OVER, to.get()));
    }
    return refused;
  }

  /** Why {@link #move} would be refused now; changes nothing. */
  public Optional<String> whyNotMove(ShardId shard, NodeId worker) {
    PlacementRecord is = ports.book().of(shard).orElse(null);
    Optional<ReplicaView> writer = ReplicaView.writer(watch.of(shard));
    if (is == null || writer.isEmpty()) {
      return Optional.of(is == null ? "there is no " + shard : shard + " has no writer now");
    }
    return is.at(worker).filter(writer.get().membership().voters()::contains).isPresent()
        ? Optional.empty()
        : Optional.of(worker + " holds no copy of " + shard);
  }

  /** All shards are to be divided anew among the workers but these. */
  public Optional<String> balance(Set<NodeId> without) {
    return balancing.begin(without);
  }

  /** What {@link #balance} would move. */
  public List<Move> wouldMove(Set<NodeId> without) {
    return balancing.moves(without);
  }

  /** The moves that are still to be begun; empty when none was asked for. */
  public Optional<List<Move>> balancing() {
    return balancing.left();
  }

  /** How many moves were begun since it was asked for, or since this main took over. */
  int movesBegun() {
    return balancing.begun();
  }

  /** How long the balancing goes on if it does as so far; empty while nobody can tell. */
  Optional<Duration> balancedIn() {
    long underWay = ports.book().all().stream().filter(record -> !record.rests()).count();
    return balancing.left().flatMap(left -> balancing.estimate((int) underWay, left.size()));
  }

  /** Workers that serve and are to hold nothing, though others do. */
  List<NodeId> idle() {
    return ports.workers().get().keySet().stream()
        .filter(ports.serves())
        .filter(worker -> held(worker).isEmpty())
        .toList();
  }

  /** What is said of a shard now. */
  List<ReplicaView> views(ShardId shard) {
    return watch.of(shard);
  }

  /** How far a change is. */
  Optional<Progress> progress(ShardId shard) {
    return Optional.ofNullable(progress.get(shard));
  }

  PlacementBook book() {
    return ports.book();
  }

  @Override
  public void leave(NodeId worker, String why) {
    returned.remove(worker);
    leavers.put(worker, why);
  }

  @Override
  public void back(NodeId worker, String why) {
    leavers.remove(worker);
    returned.put(worker, why);
    undo();
  }

  // Where the others do not say yet who holds the shard, it is looked at again.
  private void undo() {
    Map.copyOf(returned)
        .forEach(
            (worker, why) -> {
              boolean open = false;
              for (PlacementRecord record : ports.book().all()) {
                boolean leaves = record.leaving().stream().anyMatch(it -> it.node().equals(worker));
                open |= leaves && !undone(record, why);
              }
              if (!open) {
                returned.remove(worker);
              }
            });
  }

  // Also when it is too late: its copy is exchanged already.
  private boolean undone(PlacementRecord record, String why) {
    Optional<Membership> now =
        ReplicaView.writer(watch.of(record.shard())).map(ReplicaView::membership);
    if (now.isEmpty() || !now.get().settled() || now.get().voters().size() % 2 == 0) {
      return false;
    }
    if (now.get().voters().containsAll(record.leaving())) {
      write(record.shard(), () -> record.back(now.get().voters(), why, now()));
    }
    return true;
  }

  @Override
  public List<ShardId> held(NodeId worker) {
    return ports.book().all().stream()
        .filter(
            record ->
                record.at(worker).isPresent()
                    || record.leaving().stream().anyMatch(it -> it.node().equals(worker)))
        .map(PlacementRecord::shard)
        .toList();
  }

  @Override
  public String words(NodeId worker) {
    // Coarse, since it is recorded: how far each is, the shards themselves say.
    List<ShardId> held = held(worker);
    List<ShardId> changing = held.stream().filter(progress::containsKey).toList();
    return held.size() + " copies to exchange, now " + (changing.isEmpty() ? "none" : changing);
  }

  private void look() {
    if (!ports.halves().acts(Hemisphere.LEFT) || !ports.book().isOpen()) {
      return;
    }
    long now = ports.loop().time().nanos();
    boolean calm =
        leavers.isEmpty()
            && balancing.left().isEmpty()
            && ports.book().all().stream().allMatch(PlacementRecord::rests);
    if (!calm || now - askedNanos >= SELDOM.toNanos()) {
      askedNanos = now;
      watch.ask(
          ports.workers().get().keySet().stream().filter(ports.connected()).toList(),
          this::answered);
    }
  }

  private void answered() {
    if (!ports.halves().acts(Hemisphere.LEFT) || !ports.book().isOpen()) {
      return;
    }
    undo();
    List<PlacementRecord> all = new ArrayList<>(ports.book().all());
    all.sort(Comparator.comparing(PlacementRecord::since));
    int changing = 0;
    for (PlacementRecord record : all) {
      if (busy.contains(record.shard())) {
        changing += record.rests() ? 0 : 1;
      } else if (record.rests()) {
        progress.remove(record.shard());
        tidy(record);
      } else if (changing < config.exchanges()) {
        changing++;
        step(record);
      }
    }
    if (changing < config.exchanges()) {
      begin();
    }
  }

  // What is next, if anything waits: a dead worker's copies before a better division.
  private void begin() {
    for (Map.Entry<NodeId, String> leaver : Map.copyOf(leavers).entrySet()) {
      for (PlacementRecord record : ports.book().all()) {
        if (record.rests() && record.at(leaver.getKey()).isPresent()) {
          Optional<NodeId> by = instead(record.shard(), leaver.getKey());
          if (by.isPresent() && !busy.contains(record.shard())) {
            exchange(record.shard(), leaver.getKey(), by.get(), leaver.getValue());
            return;
          }
        }
      }
    }
    balancing.next(this::isFree).ifPresent(this::begin);
  }

  private void begin(Move move) {
    Optional<PlacementRecord> is = ports.book().of(move.shard());
    Optional<String> refused =
        move.isOfCopies()
            ? is.flatMap(it -> write(move.shard(), () -> balancing.record(it, move, now())))
            : move(move.shard(), move.in().get(0), Balancing.WHY);
    if (refused.isEmpty()) {
      balancing.made();
    }
  }

  /** Whether something about the shard is just being written or asked for. */
  public boolean isBusy(ShardId shard) {
    return busy.contains(shard);
  }

  private boolean isFree(ShardId shard) {
    return !busy.contains(shard)
        && ports.book().of(shard).filter(PlacementRecord::rests).isPresent();
  }

  private void step(PlacementRecord record) {
    Exchange exchange = new Exchange(record, watch.of(record.shard()), watch.answering());
    Progress of = progress.computeIfAbsent(record.shard(), none -> new Progress());
    of.at(exchange.progress(), ports.loop().time().nanos());
    Optional<Ailing.Case> gone = ailing.onTheWay(record, exchange, ports.loop().time().nanos());
    if (gone.isPresent()) {
      write(record.shard(), () -> record.again(gone.get().worker(), gone.get().why()));
      return;
    }
    exchange.next().match(new Carry(record, of));
  }

  // At rest: a copy that belongs to nobody is erased, one that ails is made anew.
  private void tidy(PlacementRecord record) {
    List<ReplicaView> views = watch.of(record.shard());
    Set<NodeId> answering = watch.answering();
    Optional<Ailing.Case> ails = ailing.look(record, views, answering, ports.loop().time().nanos());
    if (ails.isPresent()) {
      NodeId worker = ails.get().worker();
      exchange(record.shard(), worker, worker, ails.get().why());
      return;
    }
    NextStep next = new Exchange(record, views, answering).next();
    if (next instanceof NextStep.Take take && take.step().kind() == MemberStep.Kind.LEAVE) {
      take(take.worker(), take.step());
    }
  }

  private Optional<NodeId> instead(ShardId shard, NodeId gone) {
    Map<NodeId, Location> able = new TreeMap<>(ports.workers().get());
    able.keySet().removeIf(worker -> !ports.serves().test(worker));
    return ports.book().wanted().flatMap(ring -> Rebalance.instead(ring, able, shard, gone));
  }

  private Optional<String> write(ShardId shard, Supplier<PlacementRecord> change) {
    PlacementRecord record;
    try {
      record = change.get();
    } catch (IllegalArgumentException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
    busy.add(shard);
    ports
        .book()
        .write(record)
        .whenComplete(
            (done, problem) -> {
              busy.remove(shard);
              if (problem == null && !record.rests() && !record.leaving().isEmpty()) {
                say(Priority.NOTICE, "MEMBERS_CHANGE", shard, record.why());
              }
            });
    return Optional.empty();
  }

  private void take(NodeId worker, MemberStep step) {
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return;
    }
    byte[] body = new WireWriter().i64(fence.get()).raw(step.encode()).toBytes();
    busy.add(step.shard());
    ports
        .board()
        .call(
            worker,
            new Envelope(ReportsKinds.MEMBER_STEP, ReportsKinds.VERSION, body),
            STEP_PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              busy.remove(step.shard());
              Progress of = progress.get(step.shard());
              if (problem != null && of != null) {
                of.waits(worker + ": " + problem.getMessage());
              }
            });
  }

  private void say(Priority priority, String code, ShardId shard, String text) {
    ports.events().record(priority, code, shard.toString(), text);
  }

  private Instant now() {
    return ports.loop().time().now();
  }

  /** Does what is next. */
  private final class Carry implements NextStep.Cases<Boolean> {
    private final PlacementRecord record;
    private final Progress of;

    Carry(PlacementRecord record, Progress of) {
      this.record = record;
      this.of = of;
    }

    @Override
    public Boolean take(NextStep.Take take) {
      of.takes(take.step().words());
      MembersDesk.this.take(take.worker(), take.step());
      return true;
    }

    @Override
    public Boolean await(NextStep.Wait wait) {
      of.waits(wait.why());
      return false;
    }

    @Override
    public Boolean done(NextStep.Done done) {
      write(record.shard(), record::done);
      say(Priority.NOTICE, "MEMBERS_CHANGED", record.shard(), record.members().toString());
      return true;
    }
  }

  /** The ring as it is to be. */
  Optional<Ring> ring() {
    return ports.book().ring();
  }
}
