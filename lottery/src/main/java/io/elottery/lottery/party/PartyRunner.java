package io.elottery.lottery.party;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.PartyTask;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.shares.SealedShare;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one party in all draws: asks each branch what waits for it and does what {@link
 * PartyMachine} says. Keeps nothing that it could not find again, so it may stop at any moment, and
 * two of the same party do no harm.
 *
 * <p>On one loop: that of its timers, where its ledger's futures complete too.
 */
public final class PartyRunner implements Lifecycle {
  /** Draws whose leaves are kept at once; the one kept longest gives way. */
  static final int LISTS_MAX = 64;

  private static final Logger log = LoggerFactory.getLogger(PartyRunner.class);
  private static final int STEPS_MAX = 8; // Of one draw in a row: commit … certify are five.
  private static final int REASON_MAX = 500; // Characters that the draw's record takes.
  private static final Duration DISPUTE_PAUSE = Duration.ofSeconds(30);

  /** What it works with. */
  public record Ports(DrawLedger ledger, PartySecret secret, Timers timers, Time time) {}

  private final PartyName party;
  private final Ports ports;
  private final Supplier<List<BranchId>> branches;
  private final Duration interval;
  private final PartyMachine machine;
  private final LeafLists lists;
  private final Map<DrawRef, Long> quietUntil = new HashMap<>(); // nanos, of draws in dispute
  private final Set<DrawRef> underWay = new HashSet<>();
  private final Set<BranchId> asking = new HashSet<>();
  private boolean running;

  /**
   * @param branches asked at every round
   * @param interval between two rounds: too low keeps writers busy with questions, too high makes
   *     every draw slower by up to five times this
   */
  public PartyRunner(
      PartyName party, Ports ports, Supplier<List<BranchId>> branches, Duration interval) {
    this.party = party;
    this.ports = ports;
    this.branches = branches;
    this.interval = interval;
    this.machine = new PartyMachine(party.text());
    this.lists = new LeafLists(ports.ledger(), party.isAuditor(), LISTS_MAX);
  }

  /** Asks from now on. */
  @Override
  public void start() {
    if (!running) {
      running = true;
      round();
    }
  }

  /** Asks no more; what is under way may still end. */
  @Override
  public void close() {
    running = false;
  }

  private void round() {
    if (!running) {
      return;
    }
    for (BranchId branch : branches.get()) {
      // A branch that is slow to answer is not asked again before it has.
      if (asking.add(branch)) {
        ask(new LotteryQuery.PartyWork(branch, party), LotteryAnswer.WorkFound.class)
            .whenComplete(
                (work, problem) -> {
                  asking.remove(branch);
                  if (work != null) {
                    work.ifPresent(found -> found.tasks().forEach(this::begin));
                  }
                });
      }
    }
    ports.timers().after(interval, this::round);
  }

  private void begin(PartyTask task) {
    Long quiet = quietUntil.get(task.draw());
    boolean inDispute = quiet != null && quiet - ports.time().nanos() > 0;
    if (running && !inDispute && underWay.add(task.draw())) {
      log.debug("{} of {} is due for {} since {}", task.kind(), task.draw(), party, task.since());
      step(task.draw(), STEPS_MAX)
          .whenComplete(
              (done, problem) -> {
                underWay.remove(task.draw());
                if (problem != null) {
                  log.error("{} could not go on with {}", party, task.draw(), problem);
                  pause(task.draw());
                }
              });
    }
  }

  // Looks at the draw and does the next step, until there is none or nobody answers.
  private CompletableFuture<Void> step(DrawRef draw, int left) {
    if (left == 0 || !running) {
      return done();
    }
    return ask(new LotteryQuery.GetDraw(draw), LotteryAnswer.DrawFound.class)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              DrawView view = DrawView.of(found.get().draw());
              return machine
                  .next(view, lists.closing(draw), ports.secret().publicKey())
                  .match(new Act(draw, view));
            })
        .thenCompose(again -> again ? step(draw, left - 1) : done());
  }

  /** Does one step; says whether to look at the draw again. */
  private final class Act implements Step.Cases<CompletableFuture<Boolean>> {
    private final DrawRef draw;
    private final DrawView view;

    Act(DrawRef draw, DrawView view) {
      this.draw = draw;
      this.view = view;
    }

    @Override
    public CompletableFuture<Boolean> commit() {
      byte[] share = ports.secret().share(draw.toString());
      byte[] commit = SealedShare.commit(draw.toString(), party.text(), share);
      return submit(new PartyCommand.CommitShare(draw, party, Octets.of(commit)));
    }

    @Override
    public CompletableFuture<Boolean> fetchLeaves(long size) {
      return lists.fetch(draw, size);
    }

    @Override
    public CompletableFuture<Boolean> sign(DrawView.Closing own) {
      byte[] text = SealedShare.closingText(draw.toString(), own.size(), own.root());
      return submit(
          new PartyCommand.SignClose(
              draw,
              party,
              own.size(),
              Octets.of(own.root()),
              Octets.of(ports.secret().sign(text))));
    }

    @Override
    public CompletableFuture<Boolean> reveal() {
      return submit(
          new PartyCommand.RevealShare(
              draw, party, Octets.of(ports.secret().share(draw.toString()))));
    }

    @Override
    public CompletableFuture<Boolean> certify() {
      Recount recount =
          Recount.of(
              view,
              lists.leaves(draw),
              Recount.leavesUrl(view.draw()),
              party.text(),
              ports.time().now());
      if (recount.difference().isPresent()) {
        String found = recount.difference().get();
        String why = found.substring(0, Math.min(found.length(), REASON_MAX));
        log.error("{} counted {} otherwise: {}", party, draw, why);
        byte[] text = SealedShare.disputeText(draw.toString(), why);
        return submit(
            new PartyCommand.DisputeDraw(draw, party, why, Octets.of(ports.secret().sign(text))));
      }
      byte[] signature = ports.secret().sign(recount.bundle().certifyText());
      return submit(
          new PartyCommand.CertifyDraw(
              draw, party, recount.bundle().certified().at(), Octets.of(signature)));
    }

    @Override
    public CompletableFuture<Boolean> dispute(String why) {
      log.error("{} refuses to go on with {}: {}", party, draw, why);
      pause(draw);
      return no();
    }

    @Override
    public CompletableFuture<Boolean> nothing(String what, List<String> waitingFor) {
      if (what.equals("end")) {
        lists.forget(draw);
        quietUntil.remove(draw);
      }
      return no();
    }
  }

  // Its leaves are fetched again after the pause: the fault may have been on the way.
  private void pause(DrawRef draw) {
    lists.forget(draw);
    if (quietUntil.size() >= LISTS_MAX) {
      quietUntil.clear();
    }
    quietUntil.put(draw, ports.time().nanos() + DISPUTE_PAUSE.toNanos());
  }

  private CompletableFuture<Boolean> submit(PartyCommand command) {
    return ports
        .ledger()
        .deliver(command.actorKey(), command.encode())
        .thenApply(reply -> reply.isPresent() && recorded(command, reply.get()));
  }

  private boolean recorded(PartyCommand command, byte[] bytes) {
    try {
      LotteryReply reply = LotteryReply.decode(bytes);
      if (reply instanceof LotteryReply.StepRecorded recorded) {
        log.info(
            "{} of {}: {} → {}",
            command.getClass().getSimpleName(),
            party,
            recorded.draw(),
            recorded.state());
        return true;
      }
      log.warn("{} of {} was not taken: {}", command.getClass().getSimpleName(), party, reply);
    } catch (MalformedMessage malformed) {
      log.warn("a reply to {} could not be read: {}", party, malformed.getMessage());
    }
    return false;
  }

  private <A extends LotteryAnswer> CompletableFuture<Optional<A>> ask(
      LotteryQuery query, Class<A> expected) {
    return LeafLists.ask(ports.ledger(), query, expected);
  }

  private static CompletableFuture<Boolean> no() {
    return CompletableFuture.completedFuture(false);
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
