package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.MemberStep.Kind;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From who is to hold a shard and who holds it to the next step between them. It remembers nothing:
 * asked again with what is seen then, after any crash of anybody, it goes on from there.
 *
 * <pre>
 *   JOIN (empty copy opens) → LEARN (writer adds it) → … catches up … → SWAP, GROW
 *   HAND_OVER first when the one that leaves writes; SHRINK when two leave for good
 *   PROMOTE, REMOVE: ends what was interrupted between two steps · LEAVE (old copy is erased)
 * </pre>
 *
 * <p>Pure.
 */
public final class Exchange {
  private static final int LEARNERS_MAX = 2;
  private static final long LAG_MAX = 1_000;

  private final PlacementRecord wanted;
  private final List<ReplicaView> views;
  private final Set<NodeId> reachable;

  /**
   * @param views what the shard's replicas say now; of those that are silent nothing
   * @param reachable workers that can be told something
   */
  public Exchange(
      PlacementRecord wanted, Collection<ReplicaView> views, Collection<NodeId> reachable) {
    this.wanted = wanted;
    this.views = List.copyOf(views);
    this.reachable = Set.copyOf(reachable);
  }

  /** The next step. */
  public NextStep next() {
    Optional<ReplicaView> writer = ReplicaView.writer(views);
    if (writer.isEmpty()) {
      return new NextStep.Wait("no writer is known");
    }
    Membership now = writer.get().membership();
    if (!now.settled()) {
      return new NextStep.Wait("a change is being committed");
    }
    if (!reachable.contains(writer.get().member().node())) {
      return new NextStep.Wait("its writer is not reachable");
    }
    return next(writer.get(), now);
  }

  private NextStep next(ReplicaView writer, Membership now) {
    List<Member> extra = without(now.voters(), wanted.members());
    List<Member> ready = within(writer.ready(), wanted.members());
    Optional<Member> unwanted = without(now.learners(), wanted.members()).stream().findFirst();
    if (unwanted.isPresent()) {
      return take(writer, Kind.REMOVE, unwanted.get());
    }
    if (now.voters().size() % 2 == 0) {
      if (!extra.isEmpty()) {
        return leaving(writer, now, extra, out -> take(writer, Kind.REMOVE, out));
      }
      if (!ready.isEmpty()) {
        return take(writer, Kind.PROMOTE, ready.get(0));
      }
    }
    List<Member> missing = without(without(wanted.members(), now.voters()), now.learners());
    String unreachable = "";
    for (Member member : missing) {
      if (now.learners().size() >= LEARNERS_MAX) {
        break;
      }
      if (!reachable.contains(member.node())) {
        unreachable = member.node() + " is not reachable";
      } else if (isOpen(member)) {
        return take(writer, Kind.LEARN, member);
      } else {
        return joining(writer, now, member);
      }
    }
    if (!extra.isEmpty() && !ready.isEmpty()) {
      Member in = ready.get(0);
      return leaving(
          writer,
          now,
          extra,
          out -> new NextStep.Take(at(writer), MemberStep.of(shard(), Kind.SWAP, in, out)));
    }
    if (extra.isEmpty() && ready.size() > 1) {
      return new NextStep.Take(
          at(writer), MemberStep.of(shard(), Kind.GROW, ready.get(0), ready.get(1)));
    }
    if (!now.learners().isEmpty()) {
      return new NextStep.Wait(catchingUp(writer, now.learners()));
    }
    if (!missing.isEmpty()) {
      return new NextStep.Wait(unreachable);
    }
    if (extra.size() > 1) {
      return leaving(
          writer,
          now,
          extra,
          out -> {
            Member other = extra.get(0).equals(out) ? extra.get(1) : extra.get(0);
            return other.equals(writer.member())
                ? handOver(writer, now, extra)
                : new NextStep.Take(at(writer), MemberStep.of(shard(), Kind.SHRINK, out, other));
          });
    }
    return left(now).orElseGet(NextStep.Done::new);
  }

  /** On a worker that holds an older copy, that one is given up first, if the others can go on. */
  private NextStep joining(ReplicaView writer, Membership now, Member member) {
    List<Member> same = now.voters().stream().filter(it -> isAt(it, member.node())).toList();
    if (same.contains(writer.member())) {
      return handOver(writer, now, same);
    }
    long left = now.voters().stream().filter(it -> isOpen(it) && !same.contains(it)).count();
    if (!same.isEmpty() && left < now.voters().size() / 2 + 1) {
      return new NextStep.Wait("too few of the others answer to give " + same + " up");
    }
    return new NextStep.Take(member.node(), MemberStep.join(shard(), member, now.voters()));
  }

  private static boolean isAt(Member member, NodeId node) {
    return member.node().equals(node);
  }

  /** One that may leave, the silent before the others; the writer hands over first. */
  private NextStep leaving(ReplicaView writer, Membership now, List<Member> extra, Leaving step) {
    return extra.stream()
        .filter(member -> !member.equals(writer.member()))
        .min(Comparator.comparing((Member member) -> isOpen(member)))
        .map(step::step)
        .orElseGet(() -> handOver(writer, now, extra));
  }

  private interface Leaving {
    NextStep step(Member out);
  }

  private NextStep handOver(ReplicaView writer, Membership now, List<Member> extra) {
    List<Member> able = new ArrayList<>(wanted.members());
    able.retainAll(now.voters());
    able.removeAll(extra);
    for (Member member : able) {
      boolean near =
          writer.position(member).filter(at -> writer.last() - at <= LAG_MAX).isPresent();
      if (near && hears(member, writer)) {
        return take(writer, Kind.HAND_OVER, member);
      }
    }
    return new NextStep.Wait(writer.member().node() + " writes, and nobody can take it over yet");
  }

  /** A copy that belongs to nobody any more; also of changes before this one. */
  private Optional<NextStep> left(Membership now) {
    return views.stream()
        .filter(view -> !now.knows(view.member()) && !wanted.members().contains(view.member()))
        .filter(view -> reachable.contains(view.member().node()))
        .map(
            view ->
                (NextStep)
                    new NextStep.Take(
                        view.member().node(),
                        MemberStep.leave(shard(), view.member(), now.index())))
        .findFirst();
  }

  private String catchingUp(ReplicaView writer, List<Member> learners) {
    StringBuilder words = new StringBuilder();
    for (Member learner : learners) {
      long at = writer.position(learner).orElse(0L);
      words.append(words.isEmpty() ? "" : ", ").append(learner).append(" is at ").append(at);
    }
    return words.append(" of ").append(writer.last()).toString();
  }

  /**
   * One that counts and whose worker, asked, has no such copy: its store was lost, or never was. It
   * is to be made anew, under another incarnation.
   */
  public Optional<Member> lost() {
    return ReplicaView.writer(views).map(ReplicaView::membership).stream()
        .filter(Membership::settled)
        .flatMap(now -> now.voters().stream())
        .filter(wanted.members()::contains)
        .filter(member -> reachable.contains(member.node()) && !isOpen(member))
        .findFirst();
  }

  /**
   * One whose store another member has known otherwise for long, while all of them answer: alone,
   * it does not make that copy close itself, and gets nothing where that one writes.
   */
  public Optional<Member> refused() {
    Optional<Membership> now =
        ReplicaView.writer(views).map(ReplicaView::membership).filter(Membership::settled);
    if (now.isEmpty() || !wanted.members().stream().allMatch(this::isOpen)) {
      return Optional.empty();
    }
    return views.stream()
        .filter(view -> wanted.members().contains(view.member()))
        .flatMap(view -> view.refused().stream())
        .filter(member -> wanted.members().contains(member))
        .filter(now.get().voters()::contains)
        .findFirst();
  }

  /**
   * One that is to come and learns already, or is asked to open, but whose worker has no such copy:
   * it was damaged on its way. When that stays so it is to be begun anew, under another
   * incarnation.
   */
  public Optional<Member> gone() {
    Optional<Membership> now =
        ReplicaView.writer(views).map(ReplicaView::membership).filter(Membership::settled);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    return wanted.members().stream()
        .filter(member -> !now.get().voters().contains(member))
        .filter(member -> reachable.contains(member.node()) && !isOpen(member))
        .filter(member -> now.get().learners().contains(member) || opens(member))
        .findFirst();
  }

  private boolean opens(Member member) {
    return next() instanceof NextStep.Take take
        && take.step().kind() == Kind.JOIN
        && take.step().first().equals(member);
  }

  /** From 0 to 1: how much of what the new members lack they have; 1 when nobody lacks any. */
  public double progress() {
    Optional<ReplicaView> writer = ReplicaView.writer(views);
    if (writer.isEmpty()) {
      return 0;
    }
    Membership now = writer.get().membership();
    List<Member> coming = without(wanted.members(), now.voters());
    if (coming.isEmpty()) {
      return 1;
    }
    double sum = 0;
    for (Member member : coming) {
      double last = Math.max(1, writer.get().last());
      double entries = writer.get().position(member).orElse(0L) / last;
      double pieces =
          views.stream()
              .filter(view -> view.member().equals(member) && view.piecesOf() > 0)
              .mapToDouble(view -> (double) view.pieces() / view.piecesOf())
              .findFirst()
              .orElse(0);
      sum += Math.min(1, Math.max(entries, pieces));
    }
    return sum / coming.size();
  }

  private boolean isOpen(Member member) {
    return views.stream().anyMatch(view -> view.member().equals(member));
  }

  /** One that refuses the writer stays behind, and would be asked for ever. */
  private boolean hears(Member member, ReplicaView writer) {
    return views.stream()
        .filter(view -> view.member().equals(member))
        .anyMatch(view -> view.writer().equals(Optional.of(writer.member().node())));
  }

  private NextStep take(ReplicaView writer, Kind kind, Member member) {
    return new NextStep.Take(at(writer), MemberStep.of(shard(), kind, member));
  }

  private ShardId shard() {
    return wanted.shard();
  }

  private static NodeId at(ReplicaView writer) {
    return writer.member().node();
  }

  private static List<Member> without(List<Member> all, List<Member> these) {
    return all.stream().filter(member -> !these.contains(member)).toList();
  }

  private static List<Member> within(List<Member> all, List<Member> these) {
    return all.stream().filter(these::contains).toList();
  }
}
