package io.elottery.lottery.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.machine.LotteryMachine;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.rules.Games;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import io.elottery.lottery.verify.BundleVerifier;
import io.elottery.lottery.verify.SmallDraw;
import io.elottery.lottery.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parties of a draw over the machine that production runs, without a network. */
class WholeDrawTest {
  private static final BranchId TOR = BranchId.of("TOR");
  private static final Octets TOKEN = Octets.of(Sha256.of(SmallDraw.text("token")));
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final LotteryMachine machine = new LotteryMachine();
  private final SmallDraw keys = new SmallDraw(0);
  private final HandTime time = new HandTime();
  private final FaultHandler faults =
      (where, problem) -> {
        throw new AssertionError(where, problem);
      };
  private final NodeLoop loop = new NodeLoop("parties", time, 1000, faults);
  private long position;

  @ParameterizedTest
  @ValueSource(strings = {"powerball", "lotto649"})
  void ticketsAreSoldDrawnAndPaid_andTheBundleIsVerified(String game) {
    Rules rules = (game.equals("powerball") ? Games.powerball() : Games.lotto649()).rules();
    DrawRef draw = open(rules);
    List.of("LEFT", "RIGHT", "AUDITOR").forEach(this::run);
    rounds(2);
    PlayerId player = player(rules.currency());
    for (int i = 0; i < 40; i++) {
      buy(player, draw, i);
    }

    time.nanos += Duration.ofMinutes(5).toNanos();
    rounds(10);

    byte[] bundle =
        answer(new LotteryQuery.BundleOf(draw), LotteryAnswer.BundleFound.class).json().toBytes();
    assertThat(BundleVerifier.verify(bundle, Optional.of(keys.parties())).verdict())
        .isEqualTo(Verdict.VERIFIED);
    List<TicketView> tickets =
        answer(
                new LotteryQuery.MyTickets(player, Optional.empty(), 100),
                LotteryAnswer.TicketsFound.class)
            .items();
    assertThat(tickets).hasSize(40);
    assertThat(tickets).extracting(TicketView::state).doesNotContain(TicketState.SEALED);
  }

  @Test
  void drawNobodyPlayed_isCertifiedToo() {
    DrawRef draw = open(Games.lotto649().rules());
    List.of("LEFT", "RIGHT", "AUDITOR").forEach(this::run);
    rounds(2);

    time.nanos += Duration.ofMinutes(5).toNanos();
    rounds(10);

    byte[] bundle =
        answer(new LotteryQuery.BundleOf(draw), LotteryAnswer.BundleFound.class).json().toBytes();
    assertThat(BundleVerifier.verify(bundle, Optional.of(keys.parties())).verdict())
        .isEqualTo(Verdict.VERIFIED);
  }

  private DrawRef open(Rules rules) {
    DrawRef draw = DrawRef.of(rules.name(), "TORM211126");
    List<PartyKey> parties = new ArrayList<>();
    for (String name : keys.keys.keySet()) {
      parties.add(new PartyKey(PartyName.of(name), Octets.of(keys.publicKey(name))));
    }
    reply(
        new DrawCommand.OpenDraw(
            Requester.tool("schedule"),
            GameName.of(rules.name()),
            CanonicalJson.text(rules.toJson()),
            draw.id(),
            false,
            1000,
            new SaleEnd.After(Duration.ofMinutes(4)),
            parties,
            Octets.of(SmallDraw.BUILD),
            RequestKey.of("open")),
        LotteryReply.DrawAccepted.class);
    return draw;
  }

  private PlayerId player(String currency) {
    PasswordHash password = new PasswordHash(Octets.of(new byte[32]), Octets.of(new byte[16]), 1);
    PlayerId player =
        reply(
                new AccountCommand.RegisterPlayer(
                    TOR, "Ann", password, Money.of(1_000_000, currency), RequestKey.of("ann")),
                LotteryReply.Registered.class)
            .player();
    reply(
        new AccountCommand.OpenSession(player, TOKEN, Duration.ofHours(1)),
        LotteryReply.SignedIn.class);
    return player;
  }

  private void buy(PlayerId player, DrawRef draw, int number) {
    reply(
        new TicketCommand.BuyTicket(
            player, TOKEN, draw, new Wager.QuickPick(20), RequestKey.of("buy-" + number)),
        LotteryReply.TicketSealed.class);
  }

  private void run(String party) {
    PartySecret secret =
        new PartySecret() {
          @Override
          public byte[] publicKey() {
            return keys.publicKey(party);
          }

          @Override
          public byte[] sign(byte[] message) {
            return keys.sign(party, message);
          }

          @Override
          public byte[] share(String draw) {
            return Sha256.of(keys.share(party), SmallDraw.text(draw));
          }
        };
    DrawLedger ledger =
        new DrawLedger() {
          @Override
          public CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command) {
            return CompletableFuture.completedFuture(Optional.of(execute(command)));
          }

          @Override
          public CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query) {
            return CompletableFuture.completedFuture(Optional.of(machine.query(query, position)));
          }
        };
    new PartyRunner(
            PartyName.of(party),
            new PartyRunner.Ports(ledger, secret, loop, time),
            () -> List.of(TOR),
            INTERVAL)
        .start();
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      time.nanos += INTERVAL.toNanos();
      if (machine.nextWake().filter(at -> !at.isAfter(time.now())).isPresent()) {
        execute(machine.wakeCommand());
      }
      loop.poll();
    }
  }

  private byte[] execute(byte[] command) {
    byte[] random = Sha256.of(SmallDraw.text("random " + ++position));
    return machine.execute(time.now(), random, position, command);
  }

  private <R extends LotteryReply> R reply(LotteryCommand command, Class<R> expected) {
    try {
      LotteryReply reply = LotteryReply.decode(execute(command.encode()));
      assertThat(reply).isInstanceOf(expected);
      return expected.cast(reply);
    } catch (MalformedMessage e) {
      throw new IllegalStateException(e);
    }
  }

  private <A extends LotteryAnswer> A answer(LotteryQuery query, Class<A> expected) {
    try {
      LotteryAnswer answer = LotteryAnswer.decode(machine.query(query.encode(), position));
      assertThat(answer).isInstanceOf(expected);
      return expected.cast(answer);
    } catch (MalformedMessage e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class HandTime implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return SmallDraw.AT.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
