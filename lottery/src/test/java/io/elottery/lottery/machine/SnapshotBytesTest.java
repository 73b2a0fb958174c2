package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
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
import org.junit.jupiter.api.Test;

/** The bytes of a snapshot are as recorded. Recorded anew with {@code -Dgolden=rewrite}. */
class SnapshotBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/lottery-snapshot.txt");
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
  void anotherVersionIsRefusedByItsNumber() throws Exception {
    byte[] earlier = HexFormat.of().parseHex(Files.readString(GOLDEN).strip());
    earlier[VERSION_AT] = 5;

    assertThatThrownBy(() -> new LotteryMachine().restore(earlier))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage("snapshot version 5: expected 6");
  }
}
