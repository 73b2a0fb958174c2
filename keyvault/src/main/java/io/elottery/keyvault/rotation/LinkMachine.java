package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.PastEpoch.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rules by which the keys of one link move; see {@link Phase} for the table.
 *
 * <p>The caller records what comes out <em>before</em> it asks an end for anything that follows
 * from it ({@link LinkKeys#asks}). Then whoever leads next finds in the record everything that may
 * have been asked for: while OFFERING no end was asked to use the key, so it can still be taken
 * back; an older epoch is destroyed only after both ends confirmed that they use the newer.
 *
 * @param deadline how long a phase may take before a way back, or red
 */
public record LinkMachine(Duration deadline) {
  /** The deadline of every phase where nothing else is configured. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  /** What follows; the same object when nothing does. */
  public LinkKeys decide(LinkKeys keys, LinkEvent event, Instant now) {
    return event.match(
        new LinkEvent.Cases<LinkKeys>() {
          @Override
          public LinkKeys begin(LinkEvent.Begin begin) {
            boolean late = keys.isMoving() || begin.target() <= keys.last();
            return late ? keys : offer(keys, begin.why(), now);
          }

          @Override
          public LinkKeys confirmed(LinkEvent.Confirmed confirmed) {
            List<KeyOrder> asks = keys.asks(confirmed.end());
            boolean last = !asks.isEmpty() && confirmed.order().equals(asks.get(asks.size() - 1));
            return last && keys.link().joins(confirmed.end())
                ? confirm(keys, confirmed.end(), now)
                : keys;
          }

          @Override
          public LinkKeys tick(LinkEvent.Tick tick) {
            return keys.isOverdue(now, deadline) ? wayBack(keys, now) : keys;
          }

          @Override
          public LinkKeys cut(LinkEvent.Cut cut) {
            return keys.phase() == Phase.CUT && cut.upTo() <= keys.last()
                ? keys
                : cutOff(keys, cut, now);
          }

          @Override
          public LinkKeys behind(LinkEvent.Behind behind) {
            return catchUp(keys, behind.epoch(), now);
          }
        });
  }

  private static LinkKeys offer(LinkKeys keys, String why, Instant now) {
    List<KeyEpoch> epochs = new ArrayList<>(keys.epochs());
    epochs.add(new KeyEpoch(keys.last() + 1, now));
    return new LinkKeys(
        keys.link(),
        keys.last() + 1,
        Phase.OFFERING,
        now,
        why,
        epochs,
        new TreeSet<>(),
        keys.past());
  }

  private static LinkKeys confirm(LinkKeys keys, NodeId end, Instant now) {
    SortedSet<NodeId> confirmed = new TreeSet<>(keys.confirmed());
    confirmed.add(end);
    if (!confirmed.containsAll(keys.link().ends())) {
      return with(keys, keys.phase(), keys.since(), keys.epochs(), confirmed);
    }
    return switch (keys.phase()) {
      case OFFERING -> with(keys, Phase.ACTIVATING, now, keys.epochs(), new TreeSet<>());
      case ACTIVATING ->
          with(
              keys,
              keys.epochs().size() > 1 ? Phase.RETIRING : Phase.STEADY,
              now,
              keys.epochs(),
              new TreeSet<>());
      case RETIRING -> without(keys, keys.epochs().get(0), How.RETIRED, keys.why(), now);
      case WITHDRAWING -> without(keys, keys.epochs().get(1), How.WITHDRAWN, keys.why(), now);
      case CUT -> with(keys, Phase.CUT, keys.since(), keys.epochs(), confirmed);
      case NEW, STEADY -> keys;
    };
  }

  private static LinkKeys wayBack(LinkKeys keys, Instant now) {
    return switch (keys.phase()) {
      case OFFERING ->
          new LinkKeys(
              keys.link(),
              keys.last(),
              Phase.WITHDRAWING,
              now,
              "not held in time by " + names(keys.waitsFor()),
              keys.epochs(),
              new TreeSet<>(),
              keys.past());
      // Nobody was ever asked to use it: an end that cannot be reached may keep it, unused.
      case WITHDRAWING -> without(keys, keys.epochs().get(1), How.WITHDRAWN, keys.why(), now);
      case NEW, STEADY, CUT, ACTIVATING, RETIRING -> keys;
    };
  }

  private static LinkKeys cutOff(LinkKeys keys, LinkEvent.Cut cut, Instant now) {
    List<PastEpoch> past = new ArrayList<>(keys.past());
    keys.epochs().forEach(epoch -> past.add(ended(epoch, How.CUT, now)));
    return new LinkKeys(
        keys.link(),
        Math.max(keys.last(), cut.upTo()),
        Phase.CUT,
        now,
        cut.why(),
        List.of(),
        new TreeSet<>(),
        trimmed(past));
  }

  private static LinkKeys catchUp(LinkKeys keys, int seen, Instant now) {
    if (seen <= keys.last()) {
      return keys;
    }
    LinkKeys later =
        new LinkKeys(
            keys.link(),
            seen,
            keys.phase(),
            keys.since(),
            keys.why(),
            keys.epochs(),
            keys.confirmed(),
            keys.past());
    String why = "an end knows epoch " + seen + ", which main has no record of";
    return switch (keys.phase()) {
      case STEADY -> offer(later, why, now);
      case OFFERING -> {
        KeyEpoch newest = keys.newest().orElseThrow();
        LinkKeys back = without(later, newest, How.WITHDRAWN, why, now);
        yield offer(back, why, now);
      }
      case NEW, WITHDRAWING, ACTIVATING, RETIRING, CUT -> later;
    };
  }

  private static LinkKeys without(LinkKeys keys, KeyEpoch gone, How how, String why, Instant now) {
    List<KeyEpoch> left = keys.epochs().stream().filter(epoch -> !epoch.equals(gone)).toList();
    List<PastEpoch> past = new ArrayList<>(keys.past());
    past.add(ended(gone, how, now));
    Phase phase = left.isEmpty() ? Phase.NEW : Phase.STEADY;
    return new LinkKeys(
        keys.link(), keys.last(), phase, now, why, left, new TreeSet<>(), trimmed(past));
  }

  private static LinkKeys with(
      LinkKeys keys,
      Phase phase,
      Instant since,
      List<KeyEpoch> epochs,
      SortedSet<NodeId> confirmed) {
    return new LinkKeys(
        keys.link(), keys.last(), phase, since, keys.why(), epochs, confirmed, keys.past());
  }

  private static PastEpoch ended(KeyEpoch epoch, How how, Instant now) {
    return new PastEpoch(epoch.number(), epoch.madeAt(), now, how);
  }

  private static List<PastEpoch> trimmed(List<PastEpoch> past) {
    return past.subList(Math.max(0, past.size() - LinkKeys.PAST_MAX), past.size());
  }

  private static String names(List<NodeId> nodes) {
    return String.join(", ", nodes.stream().map(NodeId::name).toList());
  }
}
