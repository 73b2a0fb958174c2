package io.elottery.lottery.party;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.PartySteps;
import io.elottery.lottery.answer.PartyTask;
import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.Tickets;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.verify.SmallDraw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One draw's record behind the party's port: takes every step, and can lie, fall silent, lose. */
final class DrawActor implements DrawLedger, PartyCommand.Cases<Boolean> {
  final DrawRef draw;
  final TreeMap<String, byte[]> commits = new TreeMap<>();
  final TreeMap<String, byte[]> signatures = new TreeMap<>();
  final TreeMap<String, byte[]> shares = new TreeMap<>();
  final List<String> log = new ArrayList<>();
  Optional<PartyCommand.CertifyDraw> certified = Optional.empty();
  Optional<PartyCommand.DisputeDraw> disputed = Optional.empty();
  boolean closed;
  boolean hidesATicket; // From those who fetch the leaves, not from the root.
  boolean loses; // Half of all replies and answers.
  private final SmallDraw small;
  private final Random chance = new Random(1);

  DrawActor(SmallDraw small) {
    this.small = small;
    this.draw = DrawRef.parse(small.draw.toString());
  }

  @Override
  public CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command) {
    PartyCommand step = command(command);
    step.match(this);
    LotteryReply reply = new LotteryReply.StepRecorded(draw, partyOf(step), state(), false);
    return answered(reply.encode());
  }

  @Override
  public CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query) {
    return answered(answer(query(query)).encode());
  }

  private CompletableFuture<Optional<byte[]>> answered(byte[] bytes) {
    return CompletableFuture.completedFuture(
        loses && chance.nextBoolean() ? Optional.empty() : Optional.of(bytes));
  }

  DrawState state() {
    if (certified.isPresent()) {
      return DrawState.CERTIFIED;
    }
    if (disputed.isPresent()) {
      return DrawState.DISPUTED;
    }
    if (shares.size() == small.keys.size()) {
      return DrawState.DRAWN;
    }
    if (signatures.size() == small.keys.size()) {
      return DrawState.REVEALING;
    }
    return closed ? DrawState.CLOSED : DrawState.OPEN;
  }

  Bundle bundle() {
    PartyCommand.CertifyDraw word = certified.orElseThrow();
    return DrawView.of(detail())
        .bundle(
            new Tickets.Leaves(small.leaves),
            BundleStatus.CERTIFIED,
            new Certificate(word.party().text(), word.at(), word.signature().toBytes()));
  }

  private LotteryAnswer answer(LotteryQuery query) {
    if (query instanceof LotteryQuery.PartyWork work) {
      return new LotteryAnswer.WorkFound(tasks(work.party().text()));
    }
    if (query instanceof LotteryQuery.Leaves page) {
      List<Octets> leaves =
          small.leaves.stream().skip(page.from()).limit(2).map(Octets::of).toList();
      boolean hide = hidesATicket && page.from() == 0;
      return new LotteryAnswer.LeavesFound(
          page.from(), small.leaves.size(), hide ? List.of(leaves.get(1), leaves.get(0)) : leaves);
    }
    return new LotteryAnswer.DrawFound(detail());
  }

  private List<PartyTask> tasks(String party) {
    Map<DrawState, PartyTask.Kind> due = new TreeMap<>();
    due.put(DrawState.OPEN, PartyTask.Kind.COMMIT);
    due.put(DrawState.CLOSED, PartyTask.Kind.SIGN);
    due.put(DrawState.REVEALING, PartyTask.Kind.REVEAL);
    due.put(DrawState.DRAWN, PartyTask.Kind.CERTIFY);
    PartyTask.Kind kind = due.get(state());
    return kind == null || !small.keys.containsKey(party)
        ? List.of()
        : List.of(new PartyTask(draw, kind, SmallDraw.AT));
  }

  private DrawDetail detail() {
    List<PartySteps> parties = new ArrayList<>();
    for (String name : small.keys.keySet()) {
      parties.add(
          new PartySteps(
              new PartyKey(PartyName.of(name), Octets.of(small.publicKey(name))),
              Optional.ofNullable(commits.get(name)).map(Octets::of),
              Optional.ofNullable(signatures.get(name)).map(Octets::of),
              Optional.ofNullable(shares.get(name)).map(Octets::of)));
    }
    Optional<DrawView.Result> result =
        state() == DrawState.DRAWN || state() == DrawState.CERTIFIED
            ? small.drawn(shares).result()
            : Optional.empty();
    return new DrawDetail(
        new DrawSummary(
            draw,
            state(),
            false,
            SmallDraw.AT,
            100,
            small.leaves.size(),
            Money.of(100, "CAD"),
            Money.of(0, "CAD"),
            List.of(),
            SmallDraw.AT),
        state(),
        SmallDraw.AT,
        CanonicalJson.text(small.rules.toJson()),
        Octets.of(small.rules.hash()),
        Octets.of(SmallDraw.BUILD),
        parties,
        closed
            ? Optional.of(
                new DrawDetail.Closing(
                    200, SmallDraw.AT, small.closing().size(), Octets.of(small.closing().root())))
            : Optional.empty(),
        result.map(
            drawn -> new DrawOutcome(Octets.of(drawn.seed()), drawn.numbers(), drawn.winners())),
        700,
        Optional.empty(),
        "");
  }

  @Override
  public Boolean commitShare(PartyCommand.CommitShare command) {
    log.add("commit " + command.party());
    return commits.putIfAbsent(command.party().text(), command.commit().toBytes()) == null;
  }

  @Override
  public Boolean signClose(PartyCommand.SignClose command) {
    log.add("sign " + command.party());
    return signatures.putIfAbsent(command.party().text(), command.signature().toBytes()) == null;
  }

  @Override
  public Boolean revealShare(PartyCommand.RevealShare command) {
    log.add("reveal " + command.party());
    return shares.putIfAbsent(command.party().text(), command.share().toBytes()) == null;
  }

  @Override
  public Boolean certifyDraw(PartyCommand.CertifyDraw command) {
    log.add("certify " + command.party());
    certified = Optional.of(command);
    return true;
  }

  @Override
  public Boolean disputeDraw(PartyCommand.DisputeDraw command) {
    log.add("dispute " + command.party());
    disputed = Optional.of(command);
    return true;
  }

  private static PartyName partyOf(PartyCommand command) {
    return command.match(
        new PartyCommand.Cases<>() {
          @Override
          public PartyName commitShare(PartyCommand.CommitShare step) {
            return step.party();
          }

          @Override
          public PartyName signClose(PartyCommand.SignClose step) {
            return step.party();
          }

          @Override
          public PartyName revealShare(PartyCommand.RevealShare step) {
            return step.party();
          }

          @Override
          public PartyName certifyDraw(PartyCommand.CertifyDraw step) {
            return step.party();
          }

          @Override
          public PartyName disputeDraw(PartyCommand.DisputeDraw step) {
            return step.party();
          }
        });
  }

  private static PartyCommand command(byte[] bytes) {
    try {
      return (PartyCommand) LotteryCommand.decode(bytes);
    } catch (MalformedMessage e) {
      throw new IllegalStateException(e);
    }
  }

  private static LotteryQuery query(byte[] bytes) {
    try {
      return LotteryQuery.decode(bytes);
    } catch (MalformedMessage e) {
      throw new IllegalStateException(e);
    }
  }
}
