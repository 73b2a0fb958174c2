package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.machine.Branch.Pot;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A branch's accounts beside the players' balances and the draws' stakes: what was issued, what the
 * house has, and what waits for the next draws.
 */
final class BranchMoney {
  private final TreeMap<String, Long> issued = new TreeMap<>(); // by currency
  private final TreeMap<String, Long> house = new TreeMap<>(); // by currency; may be below zero
  private final TreeMap<String, Long> abroad = new TreeMap<>(); // by currency; any sign
  private final TreeMap<Pot, Long> carried = new TreeMap<>(); // 0 or more

  void issue(Money amount) {
    issued.merge(amount.currency(), amount.minorUnits(), Math::addExact);
  }

  void toHouse(Money amount) {
    house.merge(amount.currency(), amount.minorUnits(), Math::addExact);
  }

  /** Given to other branches. */
  void toAbroad(Money amount) {
    abroad.merge(amount.currency(), amount.minorUnits(), Math::addExact);
  }

  /** Got from other branches. */
  void fromAbroad(Money amount) {
    abroad.merge(amount.currency(), -amount.minorUnits(), Math::addExact);
  }

  long carried(Draw draw) {
    return carried.getOrDefault(pot(draw), 0L);
  }

  void carry(Draw draw, long amount) {
    carried.merge(pot(draw), amount, Math::addExact);
  }

  void takeCarried(Draw draw) {
    carried.remove(pot(draw));
  }

  private static Pot pot(Draw draw) {
    return new Pot(draw.ref().game(), draw.book().rules().currency());
  }

  /** Adds up every account of the branch, by currency. */
  List<MoneyBalance> check(Branch branch) {
    TreeMap<String, Long> balances = new TreeMap<>();
    for (Player player : branch.people(PlayerId.Kind.CUSTOMER)) {
      Money balance = player.balance();
      balances.merge(balance.currency(), balance.minorUnits(), Math::addExact);
    }
    TreeMap<String, Long> held = new TreeMap<>();
    for (Draw draw : branch.draws().values()) {
      held.merge(draw.book().rules().currency(), draw.held(), Math::addExact);
    }
    TreeMap<String, Long> waiting = new TreeMap<>();
    carried.forEach((pot, amount) -> waiting.merge(pot.currency(), amount, Math::addExact));
    TreeSet<String> currencies = new TreeSet<>(issued.keySet());
    currencies.addAll(held.keySet());
    currencies.addAll(abroad.keySet());
    List<MoneyBalance> sums = new ArrayList<>();
    for (String currency : currencies) {
      sums.add(
          new MoneyBalance(
              currency,
              issued.getOrDefault(currency, 0L),
              balances.getOrDefault(currency, 0L),
              held.getOrDefault(currency, 0L),
              house.getOrDefault(currency, 0L),
              waiting.getOrDefault(currency, 0L),
              abroad.getOrDefault(currency, 0L)));
    }
    return sums;
  }

  void write(WireWriter out) {
    amounts(out, issued);
    amounts(out, house);
    amounts(out, abroad);
    out.varint(carried.size());
    for (Map.Entry<Pot, Long> pot : carried.entrySet()) {
      Fields.game(out, pot.getKey().game());
      new Money(pot.getValue(), pot.getKey().currency()).write(out);
    }
  }

  private static void amounts(WireWriter out, TreeMap<String, Long> accounts) {
    out.varint(accounts.size());
    accounts.forEach((currency, amount) -> new Money(amount, currency).write(out));
  }

  void read(WireReader in) throws MalformedMessage {
    for (Money amount : Fields.list(in, 1000, Money::read)) {
      issue(amount);
    }
    for (Money amount : Fields.list(in, 1000, Money::read)) {
      toHouse(amount);
    }
    Fields.list(in, 1000, Money::read).forEach(this::toAbroad);
    for (int left = in.count(100_000); left > 0; left--) {
      var game = Fields.game(in);
      Money amount = Money.read(in);
      carried.put(new Pot(game, amount.currency()), amount.minorUnits());
    }
  }
}
