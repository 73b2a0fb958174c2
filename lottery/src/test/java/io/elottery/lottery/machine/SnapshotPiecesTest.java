package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.command.ForeignCommand.SealForeign;
import io.elottery.lottery.command.ForeignCommand.WithdrawForeign;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.ticket.Wager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pieces of a snapshot: pages of tickets, made once, and the rest. */
class SnapshotPiecesTest {
  private static final int POSITIONS = 50;

  private final Shard shard = new Shard(POSITIONS);
  private final PlayerId anna = shard.player(Shard.TOR, "anna", 1_000_000_000L);
  private final DrawRef draw = shard.onSale(20_000, Duration.ofMinutes(10));

  @Test
  void pagesThatDidNotChangeAreTheSameArraysInTheNextSnapshot() throws Exception {
    sell(1_000);
    List<byte[]> first = pieces(shard.machine);
    sell(1_000);
    List<byte[]> second = pieces(shard.machine);

    assertThat(first).hasSizeBetween(20, 25);
    assertThat(second).hasSizeBetween(40, 45);
    // All but the list of pages, the page being filled, and the rest.
    assertThat(shared(first, second)).isEqualTo(first.size() - 3);
    assertThat(shared(second, pieces(shard.machine))).isEqualTo(second.size() - 2);
  }

  @Test
  void restoredCopyKeepsThePagesAndGoesOnWithTheSamePieces() throws Exception {
    sell(1_000);
    LotteryMachine twin = new LotteryMachine(POSITIONS);
    List<byte[]> first = pieces(shard.machine);
    twin.restore(first);

    assertThat(shared(first, pieces(twin))).isEqualTo(first.size() - 2);
    for (int i = 0; i < 300; i++) {
      byte[] command = shard.quickPick(anna, draw, 2).encode();
      byte[] chance = new byte[32];
      assertThat(twin.execute(shard.now, chance, i, command))
          .isEqualTo(shard.machine.execute(shard.now, chance, i, command));
    }
    assertThat(pieces(twin))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(pieces(shard.machine));
  }

  @Test
  void ticketGivenBackChangesNoPage() throws Exception {
    TicketId ticket = shard.bought(shard.quickPick(anna, draw, 1)).receipt().ticket();
    sell(200);
    List<byte[]> before = pieces(shard.machine);
    shard.run(new TicketCommand.CancelTicket(anna, Shard.token(anna), ticket));
    List<byte[]> after = pieces(shard.machine);

    assertThat(shared(before, after)).isEqualTo(before.size() - 2);
    assertThat(restored(after)).isEqualTo(shard.machine.snapshot());
    assertThat(shard.draw(draw).summary().sold()).isEqualTo(200);
  }

  @Test
  void guestTakenBackLeavesOnlyItsPageMadeAnew() throws Exception {
    PlayerId guest = PlayerId.parse("OTWC0007");
    RequestKey key = shard.key();
    shard.run(new SealForeign(guest, draw, new Wager.QuickPick(1), key, Money.of(100, "CAD")));
    sell(200);
    List<byte[]> before = pieces(shard.machine);
    shard.run(new WithdrawForeign(guest, draw, TicketId.of(guest, draw, key)));
    List<byte[]> after = pieces(shard.machine);

    assertThat(shard.draw(draw).summary().sold()).isEqualTo(200);
    assertThat(shared(before, after)).isEqualTo(before.size() - 3);
    assertThat(restored(after)).isEqualTo(shard.machine.snapshot());
  }

  @Test
  void forgottenDrawTakesItsPagesWithIt() throws Exception {
    sell(200);
    shard.close(draw);
    shard.parties.finish(draw);
    shard.pass(Duration.ofDays(30));
    assertThat(pieces(shard.machine)).hasSizeGreaterThan(5);

    shard.run(new ForgetEnded(Duration.ofDays(21)));

    assertThat(pieces(shard.machine)).hasSize(2);
  }

  @Test
  void piecesAreReadWhereverTheyAreCutAndAFlippedBitIsFound() throws Exception {
    sell(500);
    byte[] whole = shard.machine.snapshot();

    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      assertThat(restored(cut(whole, random))).as("seed %d", seed).isEqualTo(whole);
      byte[] broken = whole.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> restored(cut(broken, random)))
          .as("seed %d", seed)
          .isInstanceOf(MalformedMessage.class);
    }
  }

  private void sell(int tickets) throws Exception {
    for (int i = 0; i < tickets; i++) {
      shard.runBytes(shard.quickPick(anna, draw, 2).encode());
    }
  }

  private static List<byte[]> pieces(LotteryMachine machine) {
    List<byte[]> pieces = new ArrayList<>();
    machine.snapshot(pieces::add);
    return pieces;
  }

  private static int shared(List<byte[]> ones, List<byte[]> others) {
    Set<byte[]> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(ones);
    return (int) others.stream().filter(known::contains).count();
  }

  private static byte[] restored(List<byte[]> pieces) throws MalformedMessage {
    LotteryMachine machine = new LotteryMachine(POSITIONS);
    machine.restore(pieces);
    return machine.snapshot();
  }

  private static List<byte[]> cut(byte[] whole, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < whole.length; ) {
      int end = Math.min(whole.length, at + random.nextInt(5_000));
      pieces.add(Arrays.copyOfRange(whole, at, end));
      at = end;
    }
    return pieces;
  }
}
