package io.elottery.lottery.machine;

import io.elottery.lottery.answer.ActorSize;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** About what actors take in memory, by the sizes of their parts. */
final class Sizes {
  private static final long DRAW = 5_000; // record, parties' steps, what happened, index entries
  private static final long PLAYER = 670; // with one session, index entries and an empty diary
  private static final long TICKET = 260; // object, salt, id, entries in index and lists
  private static final long FOREIGN = 900; // with its receipt
  private static final long NUMBER = 4;

  private static final Comparator<ActorSize> BY_SIZE =
      Comparator.comparingLong(ActorSize::bytes)
          .thenComparing(Comparator.comparing(ActorSize::id).reversed());

  private Sizes() {}

  static Census of(ShardState state) {
    return state.branches().values().stream().map(Sizes::of).reduce(Census.none(), Census::plus);
  }

  static Census of(Branch branch) {
    long tickets = 0;
    long bytes = 0;
    for (Draw draw : branch.draws().values()) {
      tickets += draw.sold();
      bytes += bytes(draw);
    }
    long players = 0;
    for (PlayerId.Kind kind : PlayerId.Kind.values()) {
      players += branch.people(kind).size();
    }
    long abroad = branch.abroad().size();
    long people = players * PLAYER + abroad * FOREIGN + branch.diaries();
    return new Census(
        new Census.Kind(branch.draws().size(), tickets, bytes),
        new Census.Kind(players, abroad, people));
  }

  /** The largest of a branch, the largest first. */
  static List<ActorSize> largest(Branch branch, int most) {
    PriorityQueue<ActorSize> largest = new PriorityQueue<>(BY_SIZE);
    for (Draw draw : branch.draws().values()) {
      keep(
          largest,
          new ActorSize(draw.ref().toString(), ActorSize.Kind.DRAW, draw.sold(), bytes(draw)),
          most);
    }
    for (PlayerId.Kind kind : PlayerId.Kind.values()) {
      for (Player player : branch.people(kind)) {
        int abroad = player.abroad().size();
        keep(
            largest,
            new ActorSize(player.id().toString(), ActorSize.Kind.PLAYER, abroad, bytes(player)),
            most);
      }
    }
    return largest.stream().sorted(BY_SIZE.reversed()).toList();
  }

  private static void keep(PriorityQueue<ActorSize> largest, ActorSize one, int most) {
    largest.add(one);
    if (largest.size() > most) {
      largest.remove();
    }
  }

  private static long bytes(Player player) {
    return PLAYER + player.abroad().size() * FOREIGN + player.diary().length();
  }

  private static long bytes(Draw draw) {
    long price = Math.max(1, draw.book().rules().price());
    long numbers = draw.stakes() / price * draw.book().width();
    return DRAW + draw.sold() * TICKET + numbers * NUMBER;
  }
}
