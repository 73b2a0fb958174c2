package io.elottery.controller.acting;

import io.elottery.controller.acting.Rule.Giver;
import io.elottery.controller.acting.Rule.Undo;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.triage.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From facts to orders by {@link ActingTable}, so that main never does more harm than the fault:
 *
 * <ul>
 *   <li>an order is given once for each time its cause is found;
 *   <li>at most so many of a kind in any minute, the rest a little later, if they are still due;
 *   <li>while more than {@code orders.share} percent of the workers are missing, nothing that
 *       changes the network is ordered: then it is more likely main who does not see.
 * </ul>
 *
 * <p>Pure: time is passed in. One loop.
 */
public final class Acting {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ActingConfig config;
  private final Map<NodeId, Map<Rule, Spell>> spells = new TreeMap<>();
  private final Map<Order.Kind, Deque<Moment>> given = new EnumMap<>(Order.Kind.class);

  /**
   * One cause of one order: since when it is there, whether the order was given, since when not.
   */
  private static final class Spell {
    final Moment since;
    boolean given;
    boolean held;
    boolean present = true;
    Moment goneSince;

    Spell(Moment since) {
      this.since = since;
      this.goneSince = since;
    }
  }

  /** With nothing given yet. */
  public Acting(ActingConfig config) {
    this.config = config;
  }

  /** An order of the leader before counts as given: it is not given again for the same cause. */
  public void inherit(Order.Kind kind, NodeId target, Moment now) {
    for (Rule rule : ActingTable.rules()) {
      if (rule.order() == kind) {
        spell(target, rule, now).given = true;
      }
    }
  }

  /** Forgets what was given for the half: another main acts for it. */
  public void forget(Hemisphere half, Facts facts) {
    for (Map.Entry<NodeId, Map<Rule, Spell>> each : spells.entrySet()) {
      Facts.Worker worker = facts.workers().get(each.getKey());
      each.getValue()
          .keySet()
          .removeIf(rule -> worker == null || giver(rule, worker.half()) == half);
    }
  }

  /** What is to be done now, the most urgent first. */
  public List<Decision> step(Facts facts) {
    spells.keySet().retainAll(facts.workers().keySet());
    List<Decision> decisions = new ArrayList<>();
    for (Rule rule : ActingTable.rules()) {
      facts.workers().forEach((id, worker) -> look(rule, id, worker, facts, decisions));
    }
    return decisions;
  }

  private void look(
      Rule rule, NodeId id, Facts.Worker worker, Facts facts, List<Decision> decisions) {
    Hemisphere half = giver(rule, worker.half());
    if (!facts.acts().contains(half)) {
      return;
    }
    Instant found = worker.findings().get(rule.finding());
    if (found != null) {
      Spell spell = spell(id, rule, before(facts.now(), found));
      spell.present = true;
      due(rule, spell, new Decision.Give(rule.order(), half, id, worker.because()), facts)
          .forEach(decisions::add);
    } else if (spells.containsKey(id)) {
      gone(rule, id, half, facts.now(), decisions);
    }
  }

  private List<Decision> due(Rule rule, Spell spell, Decision.Give give, Facts facts) {
    Moment now = facts.now();
    if (spell.given || now.since(spell.since).compareTo(rule.after().apply(config)) < 0) {
      return List.of();
    }
    String why = whyNot(rule, facts);
    if (why.isEmpty()) {
      spell.given = true;
      spell.held = false;
      given.computeIfAbsent(rule.order(), none -> new ArrayDeque<>()).addLast(now);
      return List.of(give);
    }
    if (spell.held) {
      return List.of();
    }
    spell.held = true;
    return List.of(new Decision.Hold(give.kind(), give.half(), give.target(), why));
  }

  private String whyNot(Rule rule, Facts facts) {
    int missing = facts.missing();
    if (rule.sparing() && missing * 100 > config.share() * facts.workers().size()) {
      return missing
          + " of "
          + facts.workers().size()
          + " workers are missing, more than "
          + config.share()
          + " %: only writers are moved until more are heard";
    }
    Deque<Moment> times = given.getOrDefault(rule.order(), new ArrayDeque<>());
    while (!times.isEmpty() && facts.now().since(times.peekFirst()).compareTo(MINUTE) >= 0) {
      times.removeFirst();
    }
    return times.size() < rule.perMinute()
        ? ""
        : rule.perMinute() + " " + rule.order() + " were given within a minute: given later";
  }

  private void gone(Rule rule, NodeId id, Hemisphere half, Moment now, List<Decision> decisions) {
    Map<Rule, Spell> known = spells.getOrDefault(id, Map.of());
    Spell spell = known.get(rule);
    if (spell == null) {
      return;
    }
    if (spell.present) {
      spell.present = false;
      spell.goneSince = now;
    }
    boolean takesBack = spell.given && rule.undo() == Undo.TAKE_BACK;
    if (takesBack && now.since(spell.goneSince).compareTo(config.calm()) < 0) {
      return;
    }
    known.remove(rule);
    if (takesBack || (spell.given && rule.undo() == Undo.WITHDRAW)) {
      decisions.add(
          new Decision.TakeBack(
              rule.order(), half, id, id + ": " + rule.finding().words() + " no more"));
    }
  }

  private Spell spell(NodeId id, Rule rule, Moment since) {
    return spells
        .computeIfAbsent(id, none -> new TreeMap<>(ActingTable.order()))
        .computeIfAbsent(rule, none -> new Spell(since));
  }

  private static Hemisphere giver(Rule rule, Hemisphere half) {
    return rule.giver() == Giver.LEFT ? Hemisphere.LEFT : half;
  }

  // The monotonic clock at the wall clock's earlier time; a clock that jumped back counts from now.
  private static Moment before(Moment now, Instant since) {
    Duration age = Duration.between(since, now.wall());
    return age.isNegative() ? now : new Moment(since, now.nanos() - age.toNanos());
  }
}
