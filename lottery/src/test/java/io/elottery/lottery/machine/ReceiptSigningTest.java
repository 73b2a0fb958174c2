package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.ticket.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptSigningTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");
  private final DrawRef draw = shard.onSale();
  private final ReceiptSigning.Signer signer =
      new ReceiptSigning.Signer() {
        @Override
        public byte[] publicKey() {
          return shard.parties.keys().get(0).publicKey().toBytes();
        }

        @Override
        public byte[] sign(byte[] message) {
          return DrawParties.sign(DrawParties.AUDITOR, message).toBytes();
        }
      };

  @Test
  void replyLeavesWithTheSameSealEachTime() throws Exception {
    var wager = shard.quickPick(anna, draw, 2);
    byte[] first = ReceiptSigning.finish(shard.runBytes(wager.encode()), signer);
    byte[] again = ReceiptSigning.finish(shard.runBytes(wager.encode()), signer);

    Receipt receipt = ((LotteryReply.TicketSealed) LotteryReply.decode(first)).receipt();
    assertThat(((LotteryReply.TicketSealed) LotteryReply.decode(again)).receipt())
        .isEqualTo(receipt);
    byte[] answered =
        ReceiptSigning.finish(
            shard.machine.query(
                new LotteryQuery.TicketById(anna, receipt.ticket(), Optional.empty()).encode(), 0),
            signer);
    assertThat(((LotteryAnswer.TicketFound) LotteryAnswer.decode(answered)).ticket().receipt())
        .isEqualTo(receipt);
  }

  @Test
  void signatureIsOverTheCanonicalReceiptWithoutIt() throws Exception {
    byte[] reply =
        ReceiptSigning.finish(shard.runBytes(shard.quickPick(anna, draw, 2).encode()), signer);
    Receipt receipt = ((LotteryReply.TicketSealed) LotteryReply.decode(reply)).receipt();

    String unsigned = CanonicalJson.text(receipt.toJson().without("signature"));
    byte[] text = ("elottery/receipt/v1\n" + unsigned).getBytes(StandardCharsets.UTF_8);

    assertThat(receipt.toJson().values().keySet())
        .containsExactly(
            "draw",
            "game",
            "key",
            "leaf",
            "lines",
            "position",
            "price",
            "salt",
            "signature",
            "soldAt",
            "ticket");
    assertThat(
            PartySignature.holds(
                signer.publicKey(), text, receipt.seal().orElseThrow().signature().toBytes()))
        .isTrue();
  }

  @Test
  void repliesWithoutReceiptLeaveAsTheyAre() {
    byte[] refusal = shard.runBytes(new byte[] {9, 9});

    assertThat(ReceiptSigning.finish(refusal, signer)).isSameAs(refusal);
  }
}
