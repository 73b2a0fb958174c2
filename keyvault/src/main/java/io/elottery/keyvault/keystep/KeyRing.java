package io.elottery.keyvault.keystep;

import io.elottery.keyvault.secret.Secret;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys that one end of one link holds, and what it answers to each step. A value without any
 * input or output: what is to be done besides is told as {@link Act}s, and what happened is told to
 * it by {@link #proven}. After a restart it is what the disk holds.
 *
 * @param link the link's text
 * @param kept key by epoch, as on the disk, or to be there before anything more is confirmed
 * @param pending offered, in memory only: not yet proven by a handshake
 * @param activated whether the link shall run under the pending key
 * @param cutUpTo the highest epoch that was cut, 0 with none: never taken again
 */
public record KeyRing(
    String link,
    SortedMap<Integer, Secret> kept,
    Optional<PairKeyGrant> pending,
    boolean activated,
    int cutUpTo) {
  /** The epoch that stands for "no key". */
  public static final int NO_EPOCH = 0;

  /** What to do besides; in this order. */
  public enum Act {
    /** End every connection of the link at once and take none. */
    END_ALL,
    /** The disk must hold {@link #kept} and {@link #cutUpTo} before the step is confirmed. */
    STORE,
    /** The link runs under {@link #dialEpoch} from now on. */
    DIAL,
    /** End connections under epochs below {@link #oldestEpoch}. */
    END_OLDER
  }

  /** How a step is answered; all but the first are codes of refusals. */
  public enum Answer {
    /** Done, once the acts are. */
    CONFIRM,
    /** The link does not run under this epoch yet on both connections. */
    NOT_YET,
    /** The key is not held: to be offered (again, after a restart). */
    UNKNOWN_KEY,
    /** This epoch or a newer one is held with another key: a newer epoch is needed. */
    NOT_NEWER,
    /** The epoch is kept: it cannot be withdrawn any more. */
    ALREADY_ACTIVE,
    /** This epoch was cut: a newer one is needed. */
    EPOCH_CUT
  }

  /**
   * What comes of a step or a proof.
   *
   * @param ring as it is from now on
   */
  public record Turn(KeyRing ring, Set<Act> acts, Answer answer) {}

  /** Makes the map unchangeable. */
  public KeyRing {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  /** After a start: what the disk holds. */
  public static KeyRing stored(String link, SortedMap<Integer, Secret> kept, int cutUpTo) {
    return new KeyRing(link, kept, Optional.empty(), false, cutUpTo);
  }

  /** Without any key. */
  public static KeyRing empty(String link) {
    return stored(link, new TreeMap<>(), NO_EPOCH);
  }

  /** The epoch this end dials with: the newest that it may; {@value #NO_EPOCH} with none. */
  public int dialEpoch() {
    int newest = kept.isEmpty() ? NO_EPOCH : kept.lastKey();
    return activated ? Math.max(newest, pending.orElseThrow().epoch()) : newest;
  }

  /** The oldest epoch on the disk; {@value #NO_EPOCH} with none. */
  public int oldestEpoch() {
    return kept.isEmpty() ? NO_EPOCH : kept.firstKey();
  }

  /** Under which a connection may run, whichever end asks for it. */
  public Optional<Secret> key(int epoch) {
    return pending
        .filter(offered -> offered.epoch() == epoch)
        .map(PairKeyGrant::key)
        .or(() -> Optional.ofNullable(kept.get(epoch)));
  }

  /** What this end says once the step is done. */
  public KeyConfirm confirm(KeyStep step) {
    String check =
        key(step.epoch()).map(key -> new PairKeyGrant(link, step.epoch(), key).check()).orElse("");
    return new KeyConfirm(link, step.epoch(), step.step(), check);
  }

  /** Takes a step; its fence was looked at before. */
  public Turn take(KeyStep step) {
    return switch (step.step()) {
      case OFFER -> offer(step.grant().orElseThrow());
      case ACTIVATE -> activate(step.epoch());
      case RETIRE -> retire(step.epoch());
      case WITHDRAW -> withdraw(step.epoch());
      case CUT -> cut(step.epoch());
    };
  }

  /** Both connections of the link have come up under that epoch. */
  public Turn proven(int epoch) {
    if (!isPending(epoch)) {
      return turn(this, Answer.CONFIRM);
    }
    SortedMap<Integer, Secret> more = new TreeMap<>(kept);
    more.put(epoch, pending.orElseThrow().key());
    return turn(stored(link, more, cutUpTo), Answer.CONFIRM, Act.STORE);
  }

  private Turn offer(PairKeyGrant offered) {
    if (offered.epoch() <= cutUpTo) {
      return turn(this, Answer.EPOCH_CUT);
    }
    if (key(offered.epoch()).filter(offered.key()::equals).isPresent()) {
      return turn(this, Answer.CONFIRM);
    }
    if (offered.epoch() <= dialEpoch()) {
      return turn(this, Answer.NOT_NEWER);
    }
    return turn(new KeyRing(link, kept, Optional.of(offered), false, cutUpTo), Answer.CONFIRM);
  }

  private Turn activate(int epoch) {
    if (kept.containsKey(epoch)) {
      return epoch == dialEpoch()
          ? turn(this, Answer.CONFIRM, Act.DIAL)
          : turn(this, Answer.CONFIRM);
    }
    return isPending(epoch)
        ? turn(new KeyRing(link, kept, pending, true, cutUpTo), Answer.NOT_YET, Act.DIAL)
        : turn(this, Answer.UNKNOWN_KEY);
  }

  private Turn retire(int epoch) {
    if (kept.isEmpty() || epoch > kept.lastKey()) {
      return turn(this, isPending(epoch) ? Answer.NOT_YET : Answer.UNKNOWN_KEY);
    }
    if (kept.headMap(epoch).isEmpty()) {
      return turn(this, Answer.CONFIRM, Act.END_OLDER);
    }
    KeyRing younger = new KeyRing(link, kept.tailMap(epoch), pending, activated, cutUpTo);
    return turn(younger, Answer.CONFIRM, Act.STORE, Act.END_OLDER);
  }

  private Turn withdraw(int epoch) {
    if (kept.containsKey(epoch)) {
      return turn(this, Answer.ALREADY_ACTIVE);
    }
    if (!isPending(epoch)) {
      return turn(this, Answer.CONFIRM);
    }
    KeyRing without = stored(link, kept, cutUpTo);
    return activated ? turn(without, Answer.CONFIRM, Act.DIAL) : turn(without, Answer.CONFIRM);
  }

  private Turn cut(int epoch) {
    KeyRing none = stored(link, new TreeMap<>(), Math.max(cutUpTo, epoch));
    return kept.isEmpty() && none.cutUpTo == cutUpTo
        ? turn(none, Answer.CONFIRM, Act.END_ALL)
        : turn(none, Answer.CONFIRM, Act.END_ALL, Act.STORE);
  }

  private boolean isPending(int epoch) {
    return pending.filter(offered -> offered.epoch() == epoch).isPresent();
  }

  private static Turn turn(KeyRing ring, Answer answer, Act... acts) {
    Set<Act> all = EnumSet.noneOf(Act.class);
    Collections.addAll(all, acts);
    return new Turn(ring, Collections.unmodifiableSet(all), answer);
  }
}
