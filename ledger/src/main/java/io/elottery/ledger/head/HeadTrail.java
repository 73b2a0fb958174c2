package io.elottery.ledger.head;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The heads of one shard that somebody outside remembers: each signed by a majority and following
 * from the one before, the last {@value #KEPT}. Not thread-safe.
 */
public final class HeadTrail {
  private static final int KEPT = 64;

  /** Whether a worker of this network signed these bytes. */
  @FunctionalInterface
  public interface SealCheck {
    /** True when the server's own key signed it. */
    boolean holds(NodeId server, SignedHead signed);
  }

  /** What became of a head that was told. */
  public enum Taken {
    /** It was taken. */
    NEW,
    /** It, or a later one, was there already. */
    KNOWN,
    /** It is no head of this shard that a majority signed. */
    UNSIGNED,
    /** A majority signed it, and it is of another history than what is remembered. */
    CONTRADICTS
  }

  private final ShardId shard;
  private final SealCheck seals;
  private final TreeMap<Long, CountersignedHead> known = new TreeMap<>();

  /** Nothing is known. */
  public HeadTrail(ShardId shard, SealCheck seals) {
    this.shard = shard;
    this.seals = seals;
  }

  /** Oldest first. */
  public List<CountersignedHead> heads() {
    return List.copyOf(known.values());
  }

  /** The last one. */
  public Optional<CountersignedHead> last() {
    return Optional.ofNullable(known.lastEntry()).map(Map.Entry::getValue);
  }

  /** The one before the last. */
  public Optional<CountersignedHead> lastButOne() {
    return last()
        .map(last -> known.lowerEntry(last.head().position().index()))
        .map(Map.Entry::getValue);
  }

  /** Remembers a head, when it is one and follows. */
  public Taken take(CountersignedHead told) {
    Head fresh = told.head();
    CountersignedHead there = known.get(fresh.position().index());
    if (there != null && there.head().same(fresh)) {
      return Taken.KNOWN;
    }
    if (!isSigned(told)) {
      return Taken.UNSIGNED;
    }
    if (there != null || last().filter(last -> !follows(last.head(), fresh)).isPresent()) {
      return isBeforeAll(fresh) ? Taken.KNOWN : Taken.CONTRADICTS;
    }
    known.put(fresh.position().index(), told);
    if (known.size() > KEPT) {
      known.pollFirstEntry();
    }
    return Taken.NEW;
  }

  // What is older than all that is remembered cannot be compared.
  private boolean isBeforeAll(Head fresh) {
    Head first = known.firstEntry().getValue().head();
    return follows(fresh, first);
  }

  private boolean isSigned(CountersignedHead told) {
    return told.head().shard().equals(shard)
        && told.isByMajority(1)
        && told.signatures().entrySet().stream()
            .allMatch(one -> seals.holds(one.getKey(), one.getValue()));
  }

  private static boolean follows(Head before, Head next) {
    boolean adjacent = next.number() == before.number() + 1;
    return next.number() > before.number()
        && (!adjacent || Arrays.equals(next.previous(), before.hash()))
        && next.position().compareTo(before.position()) > 0
        && next.commands() >= before.commands()
        && !next.stampedAt().isBefore(before.stampedAt());
  }
}
