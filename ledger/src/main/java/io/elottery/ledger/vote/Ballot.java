package io.elottery.ledger.vote;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.call.Testimony;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The votes on one question: what each asked replica testified. Pure and immutable.
 *
 * @param testimonies by server; empty for one that was asked and did not answer
 * @param forged who said something that its server did not sign; it counts for nothing
 */
public record Ballot(SortedMap<NodeId, Optional<Testimony>> testimonies, SortedSet<NodeId> forged) {
  /** As many have to agree, where there are as many. */
  public static final int QUORUM = 2;

  /** Copies. */
  public Ballot {
    testimonies = Collections.unmodifiableSortedMap(new TreeMap<>(testimonies));
    forged = Collections.unmodifiableSortedSet(new TreeSet<>(forged));
  }

  /** Nobody was asked yet. */
  public static Ballot empty() {
    return new Ballot(new TreeMap<>(), new TreeSet<>());
  }

  /** With what one more said. */
  public Ballot with(NodeId server, Optional<Testimony> testimony) {
    SortedMap<NodeId, Optional<Testimony>> more = new TreeMap<>(testimonies);
    more.put(server, testimony);
    return new Ballot(more, forged);
  }

  /** With one more, whose signature does not hold. */
  public Ballot withForged(NodeId server) {
    SortedSet<NodeId> more = new TreeSet<>(forged);
    more.add(server);
    return new Ballot(with(server, Optional.empty()).testimonies, more);
  }

  /**
   * The answer that more replicas gave than any other, and at least two; empty while there is none.
   */
  public Optional<Testimony> right() {
    Optional<Testimony> best = Optional.empty();
    int bestVotes = 0;
    boolean tied = false;
    for (Optional<Testimony> one : testimonies.values()) {
      if (one.isPresent() && best.filter(one.get()::agrees).isEmpty()) {
        int votes = votes(one.get());
        tied = votes == bestVotes || (tied && votes < bestVotes);
        if (votes > bestVotes) {
          best = one;
          bestVotes = votes;
        }
      }
    }
    return tied || bestVotes < QUORUM ? Optional.empty() : best;
  }

  /** Whether two replicas contradict each other. */
  public boolean contradicts() {
    List<Testimony> all = testimonies.values().stream().flatMap(Optional::stream).toList();
    return all.stream().anyMatch(one -> !one.agrees(all.get(0)));
  }

  /** How each did; empty while nothing is right. */
  public Map<NodeId, Said> said() {
    Map<NodeId, Said> all = new TreeMap<>();
    right()
        .ifPresent(
            right ->
                testimonies.forEach(
                    (server, one) ->
                        all.put(
                            server,
                            one.map(it -> it.agrees(right) ? Said.RIGHT : Said.WRONG)
                                .orElse(forged.contains(server) ? Said.WRONG : Said.SILENT))));
    return all;
  }

  private int votes(Testimony answer) {
    int votes = 0;
    for (Optional<Testimony> one : testimonies.values()) {
      if (one.filter(answer::agrees).isPresent()) {
        votes++;
      }
    }
    return votes;
  }
}
