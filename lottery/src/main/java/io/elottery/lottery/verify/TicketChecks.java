package io.elottery.lottery.verify;

import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.prizes.Settlement;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.prizes.Winners;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.LineProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checks of leaves, root and winners. The leaves are read once, by the first of them. */
final class TicketChecks {
  private final Bundle bundle;
  private final List<byte[]> leaves;
  private final List<Line> lines = new ArrayList<>();
  private long stakes;

  TicketChecks(Bundle bundle, List<byte[]> leaves) {
    this.bundle = bundle;
    this.leaves = leaves;
  }

  Check leaves() {
    if (leaves.size() != bundle.size()) {
      return new Check("leaves", leaves.size() + ", size says " + bundle.size(), false);
    }
    Set<String> ids = new HashSet<>();
    long position = -1;
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf;
      try {
        leaf = Leaf.parse(leaves.get(i));
      } catch (JsonRefused refused) {
        return new Check("leaves", "leaf " + i + ": " + refused.getMessage(), false);
      }
      Optional<String> wrong = wrong(leaf, ids, position);
      if (wrong.isPresent()) {
        return new Check("leaves", "leaf " + i + " (" + leaf.id() + "): " + wrong.get(), false);
      }
      position = leaf.position();
      stakes = Math.addExact(stakes, leaf.price());
      lines.addAll(leaf.lines());
    }
    return new Check(
        "leaves",
        leaves.size()
            + " tickets of this draw with "
            + lines.size()
            + " lines its rules allow, in ledger order, none twice",
        true);
  }

  private Optional<String> wrong(Leaf leaf, Set<String> ids, long before) {
    if (!leaf.draw().equals(bundle.draw())) {
      return Optional.of("is of draw " + leaf.draw());
    }
    if (!ids.add(leaf.id())) {
      return Optional.of("stands twice");
    }
    if (leaf.position() < before) {
      return Optional.of("position " + leaf.position() + " after " + before);
    }
    if (leaf.price() != Math.multiplyExact(bundle.game().price(), (long) leaf.lines().size())) {
      return Optional.of("price " + leaf.price() + " for " + leaf.lines().size() + " lines");
    }
    for (Line line : leaf.lines()) {
      Optional<LineProblem> problem = bundle.game().problem(line);
      if (problem.isPresent()) {
        return Optional.of(problem.get().field() + ": " + problem.get().detail());
      }
    }
    return Optional.empty();
  }

  Check root() {
    byte[] root = MerkleTree.rootOf(leaves);
    return new Check(
        "root",
        "of the leaves " + BytesText.hex(root) + ", stated " + BytesText.hex(bundle.root()),
        Arrays.equals(root, bundle.root())
            && Arrays.equals(bundle.tickets().root(), bundle.root()));
  }

  Check winners() {
    Winners winners = new Winners(bundle.game(), bundle.numbers());
    lines.forEach(winners::add);
    List<TierCount> counted;
    try {
      counted = Settlement.of(bundle.game(), winners.counts(), stakes, bundle.carriedIn()).tiers();
    } catch (ArithmeticException tooMuchMoney) {
      return new Check("winners", "the prizes are more money than there is", false);
    }
    if (counted.size() != bundle.winners().size()) {
      return new Check(
          "winners", counted.size() + " tiers, stated " + bundle.winners().size(), false);
    }
    for (int i = 0; i < counted.size(); i++) {
      TierCount stated = bundle.winners().get(i);
      if (!counted.get(i).equals(stated)) {
        return new Check("winners", "counted " + counted.get(i) + ", stated " + stated, false);
      }
    }
    long won = counted.stream().mapToLong(TierCount::count).sum();
    return new Check(
        "winners",
        won + " of " + lines.size() + " lines won, counts and prizes of every tier are as stated",
        true);
  }
}
