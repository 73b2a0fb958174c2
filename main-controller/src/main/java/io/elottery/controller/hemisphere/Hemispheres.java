package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.FenceGate;
import io.elottery.reports.order.Lead;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.view.HemisphereView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which main acts for which half, as far as this one knows, and the halves it acts for itself.
 *
 * <pre>
 *   standing by --elected(fence)--> acting --deposed, or a newer fence seen--> standing by
 *                                     |
 *                                     +--slept too long, or its fence was refused as old-->
 *                                        standing by, and the seat is looked at anew
 * </pre>
 *
 * <p>On main's loop.
 */
public final class Hemispheres {
  private static final Logger log = LoggerFactory.getLogger(Hemispheres.class);

  private final NodeId self;
  private final FenceGate gate = new FenceGate();
  private final Map<Hemisphere, Lead> leads = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, List<NodeId>> candidates = new EnumMap<>(Hemisphere.class);
  private final List<Duty> duties = new ArrayList<>();
  private final BooleanSupplier awake;
  private HalfEvents events = HalfEvents.NONE;
  private Consumer<Hemisphere> doubts = hemisphere -> {};

  /** With nobody acting; never asleep. */
  public Hemispheres(NodeId self) {
    this(self, () -> true);
  }

  /**
   * With nobody acting.
   *
   * @param awake whether this main may trust what it knows; asked before each act
   */
  public Hemispheres(NodeId self, BooleanSupplier awake) {
    this.self = self;
    this.awake = awake;
  }

  /** Tells of what becomes of the halves this main acts for. */
  public void recordTo(HalfEvents sink) {
    events = sink;
  }

  /** Told of each half whose leadership this main came to doubt, after it stepped down. */
  void onDoubt(Consumer<Hemisphere> listener) {
    doubts = listener;
  }

  /** Adds a duty; called in order of addition. Before the first election. */
  public void add(Duty duty) {
    duties.add(duty);
  }

  /**
   * This main was elected under the fence.
   *
   * @return false when a newer fence than this was seen: then it does not act
   */
  public boolean elected(Hemisphere hemisphere, long fence) {
    if (!gate.admits(hemisphere, fence)) {
      log.warn("{}: elected under fence {}, but a newer one was seen", hemisphere, fence);
      return false;
    }
    Optional<Lead> before = lead(hemisphere);
    leads.put(hemisphere, new Lead(hemisphere, self, fence));
    log.info("{}: standing by → acting under fence {}, because elected", hemisphere, fence);
    duties.forEach(duty -> duty.begin(hemisphere, fence));
    boolean covers = own(hemisphere.other()).isPresent();
    events.record(
        Priority.NOTICE, // That one main covers both is a trouble, which is told as HALF_COVERED.
        "HALF_TAKEN",
        hemisphere.name(),
        self
            + (covers ? " covers both halves under fence " : " acts under fence ")
            + fence
            + before
                .map(last -> "; before " + last.leader() + " under " + last.fence())
                .orElse(""));
    return true;
  }

  /** This main acts no longer. */
  public void deposed(Hemisphere hemisphere, String why) {
    Optional<Lead> own = own(hemisphere);
    if (own.isPresent()) {
      leads.remove(hemisphere);
      log.info("{}: acting → standing by, because {}", hemisphere, why);
      duties.forEach(duty -> duty.end(hemisphere));
      boolean covered = own(hemisphere.other()).isPresent();
      events.record(
          Priority.NOTICE,
          covered ? "HALF_GIVEN_BACK" : "HALF_LEFT",
          hemisphere.name(),
          self + " stepped down from fence " + own.get().fence() + ": " + why);
    }
  }

  /**
   * Somebody refused what this main did under that fence, because a newer one was seen: this main
   * steps down, and stands for the half again.
   */
  public void outdated(long fence, String refusedBy) {
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (own(hemisphere).filter(lead -> lead.fence() == fence).isPresent()) {
        doubt(hemisphere, refusedBy + " refused fence " + fence + " as old");
      }
    }
  }

  /** Steps down, and stands for the half again. */
  void doubt(Hemisphere hemisphere, String why) {
    if (own(hemisphere).isPresent()) {
      deposed(hemisphere, why);
      doubts.accept(hemisphere);
    }
  }

  /**
   * Another main says that it acts. A newer fence than this main's own deposes it.
   *
   * @return false when the fence is an old one: the sender is to be ignored
   */
  public boolean heard(Lead lead) {
    long before = gate.highest(lead.hemisphere());
    if (!gate.admits(lead.hemisphere(), lead.fence())) {
      return false;
    }
    if (lead.leader().equals(self)) {
      return true;
    }
    if (lead.fence() > before) {
      deposed(lead.hemisphere(), lead.leader() + " acts under fence " + lead.fence());
    }
    if (own(lead.hemisphere()).isEmpty()) {
      leads.put(lead.hemisphere(), lead);
    }
    return true;
  }

  /** Raises the gate to what was seen elsewhere; an own older leadership is kept until deposed. */
  public void saw(Hemisphere hemisphere, long fence) {
    gate.admits(hemisphere, Math.max(fence, gate.highest(hemisphere)));
  }

  /** Another main that led the half is not heard any more: nobody is known to lead it. */
  public void silent(Hemisphere hemisphere) {
    if (!acts(hemisphere)) {
      leads.remove(hemisphere);
    }
  }

  /** Remembers who stands for the half. */
  public void candidates(Hemisphere hemisphere, List<NodeId> standing) {
    candidates.put(hemisphere, List.copyOf(standing));
  }

  /** Who stands for the half, as last heard. */
  public List<NodeId> candidates(Hemisphere hemisphere) {
    return candidates.getOrDefault(hemisphere, List.of());
  }

  /** Whether this main acts for the half. */
  public boolean acts(Hemisphere hemisphere) {
    return fence(hemisphere).isPresent();
  }

  /** Whether this main acts for LEFT, and so writes the roster, issues keys and opens draws. */
  public boolean coordinates() {
    return acts(Hemisphere.LEFT);
  }

  /** Whether this main acts for any half. */
  public boolean actsAtAll() {
    return acts(Hemisphere.LEFT) || acts(Hemisphere.RIGHT);
  }

  /** This main's own fence for the half, while it acts for it and is awake. */
  public Optional<Long> fence(Hemisphere hemisphere) {
    return awake.getAsBoolean() ? own(hemisphere).map(Lead::fence) : Optional.empty();
  }

  private Optional<Lead> own(Hemisphere hemisphere) {
    return lead(hemisphere).filter(lead -> lead.leader().equals(self));
  }

  /** Who acts for the half. */
  public Optional<Lead> lead(Hemisphere hemisphere) {
    return Optional.ofNullable(leads.get(hemisphere));
  }

  /** All known leads, LEFT first. */
  public List<Lead> leads() {
    return List.copyOf(leads.values());
  }

  /** The highest fence seen of any half. */
  public long highestFence() {
    return gate.highest();
  }

  /**
   * The halves for the picture.
   *
   * @param alive whether a main is this one or connected to it
   */
  public List<HemisphereView> views(Predicate<NodeId> alive) {
    List<HemisphereView> views = new ArrayList<>();
    for (Hemisphere hemisphere : Hemisphere.values()) {
      Optional<NodeId> leader = lead(hemisphere).map(Lead::leader).filter(alive);
      List<NodeId> substitutes =
          candidates(hemisphere).stream()
              .filter(id -> leader.isEmpty() || !id.equals(leader.get()))
              .toList();
      List<Hemisphere> covers =
          leader
              .map(id -> leads().stream().filter(lead -> lead.leader().equals(id)))
              .map(led -> led.map(Lead::hemisphere).toList())
              .orElse(List.of());
      views.add(
          new HemisphereView(hemisphere, leader, gate.highest(hemisphere), substitutes, covers));
    }
    return views;
  }
}
