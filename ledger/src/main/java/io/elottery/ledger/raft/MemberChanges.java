package io.elottery.ledger.raft;

import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Membership;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.NotLeaderException;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.FollowerState;
import io.microraft.impl.state.LeaderState;
import io.microraft.impl.state.RaftGroupMembersState;
import io.microraft.impl.state.RaftState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who holds a shard: one change at a time, on its writer only (Raft thesis §4).
 *
 * <p>Guards 2 and 8: MicroRaft commits with half of an even number of voters, so a group rests at
 * one, three or five. Members are added before others are removed: a learner that has caught up is
 * promoted and what leaves is removed right after; between the two a group has an even number, six
 * instead of five, and commits with as many copies as before. A learner is of a new incarnation
 * always, so it can never bear the name of a first member; at most two learn at a time. On the
 * ledger loop.
 */
public final class MemberChanges {
  private static final Logger log = LoggerFactory.getLogger(MemberChanges.class);
  private static final Duration LATELY = Duration.ofMillis(1500);
  private static final long LAG_MAX = 100; // entries a learner may lack when it is promoted
  private static final int LEARNERS_MAX = 2;
  private static final int VOTERS_MAX = 5;

  private final RaftNodeImpl node;
  private final GroupCommit commit;
  private final RaftClock clock;
  private final String name;

  /** What became of a change; told once, after all it rests on is flushed. */
  public interface Outcome {
    /** It is committed, and so it stands now. */
    void changed(Membership now);

    /** It was not begun, or nobody knows: ask where it stands. */
    void refused(String why);
  }

  MemberChanges(RaftNodeImpl node, GroupCommit commit, RaftClock clock, String name) {
    this.node = node;
    this.commit = commit;
    this.clock = clock;
    this.name = name;
  }

  /** As it counts now. */
  public Membership now() {
    RaftGroupMembersState effective = state().effectiveGroupMembers();
    List<Member> voters = members(effective.getVotingMembers());
    List<Member> learners =
        members(effective.getMembers()).stream().filter(it -> !voters.contains(it)).toList();
    boolean settled = effective.getLogIndex() == state().committedGroupMembers().getLogIndex();
    return new Membership(effective.getLogIndex(), settled, voters, learners);
  }

  /** How far each other member is, as far as this writer knows; none when it does not write. */
  public SortedMap<Member, Long> positions() {
    SortedMap<Member, Long> positions = new TreeMap<>();
    LeaderState leads = state().leaderState();
    if (leads != null) {
      leads
          .getFollowerStates()
          .forEach((who, is) -> positions.put(Endpoint.of(who).member(), is.matchIndex()));
    }
    return positions;
  }

  /** Adds one that learns: it is sent everything and does not count. */
  public void learn(Member member, Outcome outcome) {
    Membership is = now();
    Optional<String> why = whyNotNow(is);
    if (why.isPresent()) {
      outcome.refused(why.get());
    } else if (is.knows(member)) {
      outcome.changed(is);
    } else if (member.incarnation() < 2) {
      outcome.refused(member + ": a learner is of a new incarnation, 2 or above");
    } else if (is.of(member.node()).filter(it -> it.compareTo(member) > 0).isPresent()) {
      outcome.refused(member + ": a newer incarnation of it is a member");
    } else if (is.learners().size() >= LEARNERS_MAX) {
      outcome.refused("two learn already: " + is.words());
    } else {
      change(member, MembershipChangeMode.ADD_LEARNER, outcome);
    }
  }

  /** One that has caught up counts instead of another. */
  public void swap(Member in, Member out, Outcome outcome) {
    Membership is = now();
    Optional<String> why =
        whyNotNow(is)
            .or(() -> whyNotOdd(is))
            .or(() -> whyNotPromoted(is, in, is.voters().size() + 1))
            .or(() -> whyNotRemoved(is, out, List.of(out)));
    if (why.isPresent()) {
      outcome.refused(why.get());
    } else {
      change(
          in,
          MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER,
          then(outcome, () -> change(out, MembershipChangeMode.REMOVE_MEMBER, outcome)));
    }
  }

  /** Two that have caught up count from now on: one becomes three, three become five. */
  public void grow(Member one, Member other, Outcome outcome) {
    Membership is = now();
    Optional<String> why =
        whyNotNow(is)
            .or(() -> whyNotOdd(is))
            .or(() -> whyNotPromoted(is, one, is.voters().size() + 1))
            .or(() -> whyNotPromoted(is, other, is.voters().size() + 1));
    if (why.isPresent() || is.voters().size() + 2 > VOTERS_MAX || one.equals(other)) {
      outcome.refused(why.orElse("expected two to add to one or three: " + is.words()));
    } else {
      MembershipChangeMode promote = MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER;
      change(one, promote, then(outcome, () -> change(other, promote, outcome)));
    }
  }

  /** Two count no more: five become three, three become one. */
  public void shrink(Member one, Member other, Outcome outcome) {
    Membership is = now();
    Optional<String> why =
        whyNotNow(is)
            .or(() -> whyNotOdd(is))
            .or(() -> whyNotRemoved(is, one, List.of(one, other)))
            .or(() -> whyNotRemoved(is, other, List.of(one, other)));
    if (why.isPresent() || is.voters().size() < 3 || one.equals(other)) {
      outcome.refused(why.orElse("expected two to take from three or five: " + is.words()));
    } else {
      MembershipChangeMode remove = MembershipChangeMode.REMOVE_MEMBER;
      change(one, remove, then(outcome, () -> change(other, remove, outcome)));
    }
  }

  /** Ends a change of two steps whose writer went between them, by promoting a learner. */
  public void promote(Member member, Outcome outcome) {
    Membership is = now();
    Optional<String> why =
        whyNotNow(is).or(() -> whyNotPromoted(is, member, is.voters().size() + 1));
    if (why.isPresent() || is.voters().size() % 2 != 0) {
      outcome.refused(why.orElse("one alone would make an even number: " + is.words()));
    } else {
      change(member, MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER, outcome);
    }
  }

  /** Removes a learner, or ends a change of two steps by removing a voter. */
  public void remove(Member member, Outcome outcome) {
    Membership is = now();
    Optional<String> why = whyNotNow(is);
    if (why.isEmpty() && !is.knows(member)) {
      outcome.changed(is);
      return;
    }
    if (why.isEmpty() && is.voters().contains(member)) {
      why = whyNotRemoved(is, member, List.of(member));
      if (why.isEmpty() && is.voters().size() % 2 != 0) {
        why = Optional.of("one less would be an even number: " + is.words());
      }
    }
    if (why.isPresent()) {
      outcome.refused(why.get());
    } else {
      change(member, MembershipChangeMode.REMOVE_MEMBER, outcome);
    }
  }

  /** Whether the learner could be promoted: it answers and lacks next to nothing. */
  public boolean isCaughtUp(Member learner) {
    return lacks(learner).filter(lag -> lag <= LAG_MAX).isPresent();
  }

  private void change(Member member, MembershipChangeMode mode, Outcome outcome) {
    if (state().leadershipTransferState() != null) {
      // MicroRaft fails when the one that is to write next leaves meanwhile.
      outcome.refused("the writing is being handed over");
      return;
    }
    long index = state().committedGroupMembers().getLogIndex();
    log.info("{}: {} {}, from {}", name, mode, member, now().words());
    node.changeMembership(new Endpoint(member), mode, index)
        .whenComplete(
            (ordered, problem) ->
                commit.afterFlush(
                    () -> {
                      if (problem == null) {
                        log.info("{}: members → {}", name, now().words());
                        outcome.changed(now());
                      } else {
                        outcome.refused(words(problem));
                      }
                    }));
  }

  private static Outcome then(Outcome last, Runnable next) {
    return new Outcome() {
      @Override
      public void changed(Membership now) {
        next.run();
      }

      @Override
      public void refused(String why) {
        last.refused(why);
      }
    };
  }

  private Optional<String> whyNotNow(Membership is) {
    if (state().role() != RaftRole.LEADER) {
      return Optional.of("not the writer");
    }
    return is.settled() ? Optional.empty() : Optional.of("a change is under way");
  }

  private static Optional<String> whyNotOdd(Membership is) {
    return is.voters().size() % 2 == 1
        ? Optional.empty()
        : Optional.of("a change of two steps is to be ended first: " + is.words());
  }

  private Optional<String> whyNotPromoted(Membership is, Member member, int voters) {
    if (!is.learners().contains(member)) {
      return Optional.of(member + " does not learn: " + is.words());
    }
    if (!isCaughtUp(member)) {
      return Optional.of(member + " has not caught up");
    }
    return answering(is, List.of()) + 1 >= voters / 2 + 1
        ? Optional.empty()
        : Optional.of("too few of the others answer");
  }

  private Optional<String> whyNotRemoved(Membership is, Member member, List<Member> leaving) {
    if (!is.voters().contains(member)) {
      return Optional.of(member + " does not count: " + is.words());
    }
    if (member.equals(self())) {
      return Optional.of(member + " writes: it hands over first");
    }
    int left = is.voters().size() - leaving.size();
    return answering(is, leaving) >= left / 2 + 1
        ? Optional.empty()
        : Optional.of("too few of the others answer");
  }

  /** Voters that answered lately, this one included. */
  private int answering(Membership is, List<Member> without) {
    return (int)
        is.voters().stream()
            .filter(it -> !without.contains(it))
            .filter(it -> it.equals(self()) || lacks(it).isPresent())
            .count();
  }

  /** How many entries one that answered lately lacks. */
  private Optional<Long> lacks(Member member) {
    LeaderState leads = state().leaderState();
    FollowerState is = leads == null ? null : leads.getFollowerStateOrNull(new Endpoint(member));
    if (is == null
        || is.matchIndex() == 0
        || is.responseTimestamp() < clock.millis() - LATELY.toMillis() * RaftClock.SCALE) {
      return Optional.empty();
    }
    return Optional.of(state().log().lastLogOrSnapshotIndex() - is.matchIndex());
  }

  private Member self() {
    return Endpoint.of(state().localEndpoint()).member();
  }

  private RaftState state() {
    return node.state();
  }

  private static List<Member> members(Collection<RaftEndpoint> endpoints) {
    return endpoints.stream().map(it -> Endpoint.of(it).member()).sorted().toList();
  }

  private static String words(@Nullable Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (cause instanceof NotLeaderException) {
      return "not the writer";
    }
    if (cause instanceof CannotReplicateException) {
      return "a writer that was just elected writes nothing else yet";
    }
    return String.valueOf(cause);
  }
}
