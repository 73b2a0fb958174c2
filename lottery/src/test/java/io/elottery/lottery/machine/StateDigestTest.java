package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.LotteryAnswer.Unanswered;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.SaleText;
import io.elottery.lottery.verify.SoldInState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateDigestTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player(Shard.TOR, "anna", 100_000);
  private final DrawRef draw = shard.onSale();

  @Test
  void bytesAreFiguresCountAndRoot() {
    StateDigest digest = new StateDigest();
    digest.figure(1);

    byte[] taken = digest.take(1);

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
        .as("nothing happened since")
        .isEqualTo(shard.machine.takeDigest())
        .isEqualTo(taken);
  }

  @Test
  void everySaleIsProvedInEveryDigestAfterIt_alsoCancelledClosedAndFromASnapshot()
      throws Exception {
    DrawRef other = shard.onSale();
    List<Receipt> receipts = new ArrayList<>();
    List<Signed> signed = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      receipts.add(shard.bought(shard.quickPick(anna, i % 3 == 0 ? other : draw, 1)).receipt());
      if (i % 7 == 3) {
        cancel(receipts.get(i));
      }
      if (i % 97 == 0 || i == 255 || i == 511 || i == 599) {
        signed.add(new Signed(position(), shard.machine.takeDigest()));
      }
    }
    shard.close(draw);
    LotteryMachine restored = new LotteryMachine();
    restored.restore(shard.machine.snapshot());

    for (Signed head : signed) {
      for (Receipt receipt : List.of(receipts.get(0), receipts.get(256), receipts.get(598))) {
        LotteryAnswer answer = proof(shard.machine, receipt, head.commands());
        assertThat(proof(restored, receipt, head.commands())).isEqualTo(answer);
        if (receipt.position() > head.commands()) {
          assertThat(answer).isInstanceOf(LotteryAnswer.Unanswered.class);
        } else {
          SoldInState proven = of((LotteryAnswer.SaleProven) answer);
          assertThat(proven.isIn(head.state(), SaleText.of(receipt))).isTrue();
          assertThat(proven.isIn(head.state(), SaleText.of(receipts.get(1)))).isFalse();
        }
      }
    }
    assertThat(proof(shard.machine, receipts.get(0), 1)).isInstanceOf(Unanswered.class);
  }

  private record Signed(long commands, byte[] state) {}

  private long position() {
    return shard.bought(shard.quickPick(anna, draw, 1)).receipt().position();
  }

  private void cancel(Receipt receipt) {
    shard.done(
        new TicketCommand.CancelTicket(anna, Shard.token(anna), receipt.ticket()),
        LotteryReply.TicketReturned.class);
  }

  private static LotteryAnswer proof(LotteryMachine machine, Receipt receipt, long commands)
      throws Exception {
    LotteryQuery query = new LotteryQuery.SaleProof(receipt.draw(), receipt.ticket(), commands);
    return LotteryAnswer.decode(machine.query(query.encode(), 1));
  }

  private static SoldInState of(LotteryAnswer.SaleProven proven) {
    return new SoldInState(
        proven.figures(),
        new InclusionProof(
            proven.index(),
            proven.size(),
            proven.path().stream().map(hash -> hash.toBytes()).toList()));
  }
}
