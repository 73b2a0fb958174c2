package io.elottery.controller.acting;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.schedule.RotationClock;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.supervision.VerdictListener;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Everything about orders, wired: the table and its machine, who carries out what, what is
 * recorded, and what the staff may ask. On main's loop.
 */
public final class ActingRoom implements Duty, VerdictListener {
  private final ActingPorts ports;
  private final OrderBook book;
  private final ConservationDesk conservation;
  private final CapacityDesk capacity;
  private final ActingDesk desk;
  private final OrderCalls calls;
  private Replacing replacing = new NobodyPlaces();
  private final Telling telling;
  private Optional<Removals> removals = Optional.empty();

  /**
   * @param audit records what the staff do
   * @param tests when to look whose capacity test is due
   */
  public ActingRoom(
      ActingPorts ports,
      ActingConfig config,
      Function<AuditEntry, CompletableFuture<Void>> audit,
      RotationClock tests) {
    this.ports = ports;
    book =
        new OrderBook(
            ports.board(), ports.records(), ports.halves(), ports.loop().time(), ports.mains());
    telling = new Telling(ports.board(), ports.halves());
    conservation = new ConservationDesk(ports, book, telling);
    capacity = new CapacityDesk(ports, book, telling, config, tests);
    GuideWork guide = new GuideWork(ports, book, telling, config);
    KnitWork knits =
        new KnitWork(
            book,
            new KnitWork.Ports(
                ports.neighbourhoods(), ports.change(), ports.keyless(), this::missing));
    desk =
        new ActingDesk(
            ports,
            book,
            config,
            new ActingDesk.Finders(capacity, guide, conservation),
            List.of(
                new MoveWork(book, telling, ports.ring(), ports.workers(), ports.connected()),
                new ReplaceWork(book, () -> replacing),
                knits,
                conservation,
                capacity,
                guide));
    calls = new OrderCalls(ports, book, conservation, capacity, audit);
  }

  /** Who takes a worker's copies elsewhere; before the start. */
  public void replaceBy(Replacing those) {
    replacing = those;
  }

  /** From now on workers can be removed; before the start. */
  public void removeWith(Removals.Ports its) {
    RemoveWork work = new RemoveWork(ports, book, telling, conservation, its);
    desk.add(work);
    removals =
        Optional.of(
            new Removals(ports, book, conservation, work, () -> replacing, its.approvals()));
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls staff) {
    book.start();
    capacity.start();
    desk.start();
    calls.addTo(staff);
    removals.ifPresent(its -> its.addTo(staff));
    new ScrubCalls(ports).addTo(staff);
  }

  /** A worker's announcement was taken. */
  public void greeted(Peer peer) {
    if (peer.role() == Role.WORKER) {
      conservation.greeted(peer.id());
    }
  }

  /** Every order that is kept, the newest first. */
  public List<OrderRecord> orders() {
    return book.all();
  }

  @Override
  public void begin(Hemisphere half, long fence) {
    desk.begin(half, fence);
    if (half == Hemisphere.LEFT) {
      capacity.begin();
    }
  }

  @Override
  public void end(Hemisphere half) {
    if (half == Hemisphere.LEFT) {
      capacity.end();
    }
    desk.end(half);
  }

  @Override
  public void changed(Judgement judgement, long fence) {
    desk.changed(judgement, fence);
  }

  private Set<NodeId> missing() {
    Set<NodeId> missing = new TreeSet<>(ports.workers().get());
    for (Judgement judgement : ports.judgements().get().values()) {
      Verdict is = judgement.verdict();
      if (is != Verdict.DOWN && is != Verdict.SUSPECT && is != Verdict.UNKNOWN) {
        missing.remove(judgement.worker());
      }
    }
    return missing;
  }

  /** Before those who place shards are there. */
  private static final class NobodyPlaces implements Replacing {
    @Override
    public void leave(NodeId worker, String why) {}

    @Override
    public void back(NodeId worker, String why) {}

    @Override
    public List<ShardId> held(NodeId worker) {
      return List.of();
    }

    @Override
    public String words(NodeId worker) {
      return "";
    }
  }
}
