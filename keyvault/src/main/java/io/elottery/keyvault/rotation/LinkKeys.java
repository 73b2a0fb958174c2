package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyStep.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What main knows of the keys of one link, without the keys: this is what is recorded, and all a
 * new leader needs to go on.
 *
 * @param link which
 * @param last the highest epoch ever used, 0 for none; it only grows
 * @param phase what is being done
 * @param since when the phase began
 * @param why what began it, in words
 * @param epochs those that exist, ascending, at most two
 * @param confirmed the ends that confirmed what the phase asks for
 * @param past those that are no more, ascending, the last {@value #PAST_MAX}
 */
public record LinkKeys(
    LinkName link,
    int last,
    Phase phase,
    Instant since,
    String why,
    List<KeyEpoch> epochs,
    SortedSet<NodeId> confirmed,
    List<PastEpoch> past) {
  /** How many past epochs are remembered. */
  public static final int PAST_MAX = 20;

  /** Checks and copies. */
  public LinkKeys {
    epochs = List.copyOf(epochs);
    confirmed = Collections.unmodifiableSortedSet(new TreeSet<>(confirmed));
    past = List.copyOf(past);
    if (epochs.size() != expected(phase, epochs.size()) || last < 0) {
      throw new IllegalArgumentException(
          link + ": " + phase + " with " + epochs.size() + " epochs, last " + last);
    }
  }

  /** A link that has no key yet. */
  public static LinkKeys none(LinkName link, Instant now) {
    return new LinkKeys(link, 0, Phase.NEW, now, "new", List.of(), new TreeSet<>(), List.of());
  }

  /** The epoch being brought in or in use; empty without a key. */
  public Optional<KeyEpoch> newest() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  /** The epoch that both ends use for sure; empty before the first and after a cut. */
  public Optional<KeyEpoch> inUse() {
    return switch (phase) {
      case OFFERING, WITHDRAWING, ACTIVATING ->
          epochs.size() > 1 ? Optional.of(epochs.get(0)) : Optional.empty();
      case RETIRING, STEADY -> newest();
      case NEW, CUT -> Optional.empty();
    };
  }

  /** Where an existing epoch stands. */
  public Stage stage(KeyEpoch epoch) {
    boolean newest = epoch.equals(newest().orElse(null));
    return switch (phase) {
      case OFFERING, WITHDRAWING -> newest ? Stage.PREPARED : Stage.ACTIVE;
      case ACTIVATING -> newest ? Stage.DISTRIBUTED : Stage.ACTIVE;
      case RETIRING -> newest ? Stage.ACTIVE : Stage.RETIRING;
      case STEADY -> Stage.ACTIVE;
      case NEW, CUT -> Stage.DESTROYED;
    };
  }

  /** Whether a rotation or a first key is under way. */
  public boolean isMoving() {
    return switch (phase) {
      case OFFERING, WITHDRAWING, ACTIVATING, RETIRING -> true;
      case NEW, STEADY, CUT -> false;
    };
  }

  /** Whether the new key takes the place of an older one. */
  public boolean isRotating() {
    return isMoving() && epochs.size() > 1;
  }

  /**
   * What the end is to be asked for, in this order, each after the one before was confirmed; none
   * when it confirmed all. Steps that were confirmed already come again on purpose: an end that
   * restarted has forgotten what it only held in memory.
   */
  public List<KeyOrder> asks(NodeId end) {
    if (confirmed.contains(end)) {
      return List.of();
    }
    return switch (phase) {
      case NEW, STEADY -> List.of();
      case OFFERING -> List.of(newest(Step.OFFER));
      case WITHDRAWING -> List.of(newest(Step.WITHDRAW));
      case ACTIVATING -> holding();
      case RETIRING -> destroying();
      case CUT -> List.of(new KeyOrder(Step.CUT, Math.max(1, last)));
    };
  }

  /**
   * What each newly connected end is asked for even while nothing moves: its disk may be empty, or
   * hold epochs that main has no record of.
   */
  public List<KeyOrder> reminders() {
    return switch (phase) {
      case STEADY -> destroying();
      case CUT -> List.of(new KeyOrder(Step.CUT, Math.max(1, last)));
      case NEW, OFFERING, WITHDRAWING, ACTIVATING, RETIRING -> List.of();
    };
  }

  /**
   * Whether the present phase took longer than it may; a link's only key may take for ever. A phase
   * that began in the future was begun by a main whose clock is wrong: it is not waited for.
   */
  public boolean isOverdue(Instant now, Duration deadline) {
    return isRotating() && Duration.between(since, now).abs().compareTo(deadline) >= 0;
  }

  /** The ends that have not confirmed what the phase asks for. */
  public List<NodeId> waitsFor() {
    return link.ends().stream().filter(end -> !asks(end).isEmpty()).toList();
  }

  private List<KeyOrder> holding() {
    return List.of(newest(Step.OFFER), newest(Step.ACTIVATE));
  }

  private List<KeyOrder> destroying() {
    return List.of(newest(Step.OFFER), newest(Step.ACTIVATE), newest(Step.RETIRE));
  }

  private KeyOrder newest(Step step) {
    return new KeyOrder(step, newest().map(KeyEpoch::number).orElseThrow());
  }

  // How many epochs exist in a phase; those with two answers accept what is there.
  private static int expected(Phase phase, int is) {
    return switch (phase) {
      case NEW, CUT -> 0;
      case STEADY -> 1;
      case RETIRING -> 2;
      case OFFERING, WITHDRAWING, ACTIVATING -> Math.min(2, Math.max(1, is));
    };
  }
}
