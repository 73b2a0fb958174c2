package io.elottery.lottery.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.verify.BundleVerifier;
import io.elottery.lottery.verify.SmallDraw;
import io.elottery.lottery.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartyRunnerTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final SmallDraw small = new SmallDraw(5);
  private final DrawActor actor = new DrawActor(small);
  private final HandTime time = new HandTime();
  private final FaultHandler faults =
      (where, problem) -> {
        throw new AssertionError(where, problem);
      };
  private final NodeLoop loop = new NodeLoop("parties", time, 1000, faults);

  @Test
  void threeParties_bringADrawFromOpeningToAVerifiedBundle() {
    runAll();
    rounds(3);
    assertThat(actor.commits).containsOnlyKeys("LEFT", "RIGHT", "AUDITOR");
    assertThat(actor.state()).isEqualTo(DrawState.OPEN);

    actor.closed = true;
    rounds(6);

    assertThat(actor.state()).isEqualTo(DrawState.CERTIFIED);
    assertThat(
            BundleVerifier.verify(actor.bundle().toBytes(), Optional.of(small.parties())).verdict())
        .isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void lostAnswers_onlyTakeLonger() {
    actor.loses = true;
    runAll();
    rounds(50);
    actor.closed = true;
    rounds(1000);

    assertThat(actor.state()).isEqualTo(DrawState.CERTIFIED);
  }

  @Test
  void withoutOneParty_noShareIsRevealed() {
    run("LEFT");
    run("AUDITOR");
    PartyRunner right = run("RIGHT");
    rounds(3);
    right.close();
    actor.closed = true;
    rounds(20);

    assertThat(actor.signatures).containsOnlyKeys("LEFT", "AUDITOR");
    assertThat(actor.shares).isEmpty();
    run("RIGHT");
    rounds(8);
    assertThat(actor.state()).isEqualTo(DrawState.CERTIFIED);
  }

  @Test
  void leavesOtherThanTheRoot_areNeverSigned() {
    runAll();
    rounds(3);
    actor.hidesATicket = true;
    actor.closed = true;
    rounds(20);

    assertThat(actor.signatures).isEmpty();
    assertThat(actor.shares).isEmpty();
  }

  @Test
  void partyThatStartsAnew_goesOnWhereItWas() {
    PartyRunner first = run("LEFT");
    run("RIGHT");
    run("AUDITOR");
    rounds(3);
    first.close();
    actor.closed = true;
    rounds(5);
    assertThat(actor.state()).isEqualTo(DrawState.CLOSED);

    run("LEFT");
    rounds(8);

    assertThat(actor.state()).isEqualTo(DrawState.CERTIFIED);
    assertThat(actor.log).containsOnlyOnce("commit LEFT", "sign LEFT", "reveal LEFT");
  }

  @Test
  void winnersThatWereNotCountedSo_areDisputed() {
    runAll();
    rounds(3);
    small.lieAboutWinners = true;
    actor.closed = true;
    rounds(6);

    assertThat(actor.certified).isEmpty();
    assertThat(actor.disputed)
        .hasValueSatisfying(dispute -> assertThat(dispute.reason()).contains("winners"));
  }

  private void runAll() {
    new TreeMap<>(small.keys).keySet().forEach(this::run);
  }

  private PartyRunner run(String party) {
    PartySecret secret =
        new PartySecret() {
          @Override
          public byte[] publicKey() {
            return small.publicKey(party);
          }

          @Override
          public byte[] sign(byte[] message) {
            return small.sign(party, message);
          }

          @Override
          public byte[] share(String draw) {
            return small.share(party);
          }
        };
    PartyRunner runner =
        new PartyRunner(
            PartyName.of(party),
            new PartyRunner.Ports(actor, secret, loop, time),
            () -> List.of(BranchId.of("TOR")),
            INTERVAL);
    runner.start();
    return runner;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      time.nanos += INTERVAL.toNanos();
      loop.poll();
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
