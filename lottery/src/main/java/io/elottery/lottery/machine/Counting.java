package io.elottery.lottery.machine;

import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.Settlement;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.prizes.Winners;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.PartyRecord;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.shares.SealedShare;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What follows from a draw's record by arithmetic: root, numbers, winners, prizes, jackpot. */
final class Counting {
  private final Winners winners;
  private final Settlement settlement;

  private Counting(Winners winners, Settlement settlement) {
    this.winners = winners;
    this.settlement = settlement;
  }

  /** The root over the leaves of a draw that closes. */
  static Octets root(Draw draw) {
    MerkleTree tree = new MerkleTree();
    for (Ticket ticket : draw.tickets()) {
      tree.add(ticket.leaf());
    }
    return Octets.wrap(tree.root());
  }

  /** Seed, numbers and winners of a draw with every share revealed. */
  static DrawOutcome draw(Draw draw, long carriedIn) {
    TreeMap<String, byte[]> shares = new TreeMap<>();
    for (PartyRecord party : draw.parties()) {
      shares.put(party.name().text(), party.share().orElseThrow().toBytes());
    }
    var closing = draw.closing().orElseThrow();
    byte[] seed =
        SealedShare.seed(
            draw.ref().toString(),
            draw.book().hash().toBytes(),
            closing.root().toBytes(),
            closing.size(),
            shares);
    Rules rules = draw.book().rules();
    Numbers numbers = Numbers.draw(seed, draw.ref().toString(), rules.pools());
    Winners winners = new Winners(rules, numbers);
    for (Ticket ticket : draw.tickets()) {
      ticket.lines().forEach(winners::add);
    }
    Settlement settlement = Settlement.of(rules, winners.counts(), draw.stakes(), carriedIn);
    return new DrawOutcome(Octets.wrap(seed), numbers, settlement.tiers());
  }

  /** The count of a draw that is drawn. */
  static Counting of(Draw draw) {
    DrawOutcome outcome = draw.outcome().orElseThrow();
    Rules rules = draw.book().rules();
    long[] counts = outcome.winners().stream().mapToLong(TierCount::count).toArray();
    return new Counting(
        new Winners(rules, outcome.numbers()),
        Settlement.of(rules, counts, draw.stakes(), draw.carriedIn()));
  }

  /** Who gets what. */
  Settlement settlement() {
    return settlement;
  }

  /** What all lines of a ticket win together, minor units. */
  long prize(Ticket ticket) {
    long prize = 0;
    for (Line line : ticket.lines()) {
      OptionalInt tier = winners.tierOf(line);
      if (tier.isPresent()) {
        prize += settlement.tier(tier.getAsInt()).prizeEach();
      }
    }
    return prize;
  }

  /**
   * What the only winner of the carry tier, or of the first one where nothing is carried, would get
   * by what is known now, minor units.
   */
  static long jackpot(Draw draw, long waiting) {
    Rules rules = draw.book().rules();
    int tier = 0;
    for (int i = 0; i < rules.tiers().size(); i++) {
      tier = rules.tiers().get(i).name().equals(rules.carry()) ? i : tier;
    }
    long[] counts = new long[rules.tiers().size()];
    counts[tier] = 1;
    long carried = draw.outcome().isPresent() ? draw.carriedIn() : waiting;
    return Settlement.of(rules, counts, draw.stakes(), rules.carry().isEmpty() ? 0 : carried)
        .tier(tier)
        .prizeEach();
  }
}
