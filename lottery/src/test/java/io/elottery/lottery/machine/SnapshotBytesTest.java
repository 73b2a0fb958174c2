package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.ForeignCommand.BuyForeign;
import io.elottery.lottery.command.ForeignCommand.SealForeign;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.ticket.Wager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a snapshot are as recorded. Recorded anew with {@code -Dgolden=rewrite}. */
class SnapshotBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/lottery-snapshot.txt");
  private static final Path UNNOTED = Path.of("src/test/resources/golden/lottery-snapshot-5.txt");
  private static final Path UNTOLD = Path.of("src/test/resources/golden/lottery-snapshot-4.txt");
  private static final int VERSION_AT = 4;

  @Test
  void bytesAreAsRecordedAndReadAgain() throws Exception {
    Shard shard = new Shard();
    shard.run(new CatalogCommand.DefineGame(Shard.MINI, Shard.json(Shard.mini()), ""));
    PlayerId anna = shard.player("anna");
    DrawRef draw = shard.onSale(5, Duration.ofMinutes(1));
    shard.bought(shard.wager(anna, draw, Shard.line(1, 2, 1)));
    DrawRef away = DrawRef.of("mini", "OTWM211126");
    Money stake = Money.of(100, "CAD");
    Wager one = new Wager.QuickPick(1);
    shard.run(new BuyForeign(anna, Shard.token(anna), away, one, shard.key(), stake));
    PlayerId guest = PlayerId.parse("OTWC0007");
    shard.run(new SealForeign(guest, draw, one, shard.key(), stake));
    shard.run(new SealForeign(guest, away, one, shard.key(), stake));
    shard.close(draw);
    shard.parties.step(shard.parties.signature(draw, DrawParties.LEFT));

    byte[] snapshot = shard.machine.snapshot();
    String hex = HexFormat.of().formatHex(snapshot) + "\n";
    if ("rewrite".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, hex);
    }

    assertThat(hex).isEqualTo(Files.readString(GOLDEN));
    LotteryMachine other = new LotteryMachine();
    other.restore(snapshot);
    assertThat(other.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void versionFourIsReadWithoutWhatHappened() throws Exception {
    byte[] before = HexFormat.of().parseHex(Files.readString(UNTOLD).strip());

    LotteryMachine machine = new LotteryMachine();
    machine.restore(before);

    assertThat(machine.census().draws().actors()).isEqualTo(1);
    assertThat(machine.snapshot()[VERSION_AT]).isEqualTo((byte) 6);
  }

  @Test
  void versionFiveIsReadAndItsPlayersHaveWhatFollows() throws Exception {
    byte[] before = HexFormat.of().parseHex(Files.readString(UNNOTED).strip());
    LotteryMachine machine = new LotteryMachine(RandomLife.PAGE);
    machine.restore(before);
    Shard shard = new Shard(machine);
    PlayerId pat = PlayerId.parse("TORC0001");

    List<HistoryItem> items = shard.history(pat);

    // Pat also gave back a ticket here and one there, and one was refused: when is not known.
    assertThat(items)
        .extracting(HistoryItem::kind)
        .containsExactly(
            Kind.RESERVED, // the last one: not answered yet
            Kind.RETURNED,
            Kind.RETURNED, // from OTW, in the same millisecond; its position was not kept
            Kind.WON, // from OTW
            Kind.WON,
            Kind.RESERVED,
            Kind.RESERVED,
            Kind.BOUGHT,
            Kind.BOUGHT,
            Kind.REGISTERED);
    HistoryItem first = items.get(9);
    assertThat(first.at()).as("when somebody registered was not kept").isEmpty();
    assertThat(first.balance().minorUnits()).isEqualTo(10_000);
    assertThat(items.get(4).position()).as("of the certificate").isPositive();
    Histories.addUp(shard, pat);
    byte[] now = machine.snapshot();
    LotteryMachine other = new LotteryMachine(RandomLife.PAGE);
    other.restore(now);
    assertThat(other.snapshot()).isEqualTo(now);
  }

  @Test
  void anotherVersionIsRefusedByItsNumber() throws Exception {
    byte[] earlier = HexFormat.of().parseHex(Files.readString(GOLDEN).strip());
    earlier[VERSION_AT] = 3;

    assertThatThrownBy(() -> new LotteryMachine().restore(earlier))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage("snapshot version 3: expected 6");
  }
}
