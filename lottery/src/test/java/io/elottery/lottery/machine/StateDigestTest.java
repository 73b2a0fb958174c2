package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.shares.Sha256;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.SaleText;
import org.junit.jupiter.api.Test;

class StateDigestTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");
  private final DrawRef draw = shard.onSale();

  @Test
  void bytesAreFiguresCountAndRoot() {
    StateDigest digest = new StateDigest();
    digest.figure(1);

    byte[] taken = digest.take();

    long figures = 0x9E3779B97F4A7C15L ^ (0x9E3779B97F4A7C15L >>> 32);
    assertThat(taken)
        .isEqualTo(
            Sha256.of(new WireWriter().i64(figures).i64(0).toBytes(), new MerkleTree().root()));
  }

  @Test
  void aSaleIsCountedAsItsReceiptSays() throws Exception {
    TicketCommand.BuyTicket wager = shard.quickPick(anna, draw, 2);
    Receipt receipt =
        ((LotteryReply.TicketSealed) LotteryReply.decode(shard.runBytes(wager.encode()))).receipt();
    Ticket ticket = shard.machine.ticket(Shard.TOR, receipt.ticket()).orElseThrow();
    Ticket.Marks marks = ticket.marks();

    byte[] sold =
        SaleText.of(
            ticket.id(), draw, ticket.position(), ticket.soldAt(), marks.salt(), marks.numbers());

    assertThat(SaleText.of(receipt)).isEqualTo(sold);
  }

  @Test
  void itGoesOnFromASnapshot() throws Exception {
    for (int i = 0; i < 5; i++) {
      shard.runBytes(shard.quickPick(anna, draw, 1).encode());
    }
    LotteryMachine restored = new LotteryMachine();
    restored.restore(shard.machine.snapshot());

    byte[] taken = shard.machine.takeDigest();
    assertThat(restored.takeDigest()).isEqualTo(taken);
    assertThat(restored.takeDigest())
        .as("no sale since")
        .isEqualTo(shard.machine.takeDigest())
        .isNotEqualTo(taken);
  }
}
