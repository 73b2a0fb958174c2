package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.ReceiptSeal;

/**
 * Seals receipts when they leave the ledger, so that the costly signature is made outside of the
 * replicated machine and only where the answer goes out. Ed25519 is deterministic: every member of
 * a shard makes the same bytes of the same reply. Anything that holds no receipt leaves unchanged.
 */
public final class ReceiptSigning {
  /** The shard's receipt key; a port. */
  public interface Signer {
    /** Ed25519, 32 bytes. */
    byte[] publicKey();

    /** Ed25519 over the message, 64 bytes. */
    byte[] sign(byte[] message);
  }

  private ReceiptSigning() {}

  /** Whether {@link #finish} would change it. */
  public static boolean holdsReceipt(byte[] replyOrAnswer) {
    int tag = tag(replyOrAnswer);
    return tag == LotteryReply.TICKET_SEALED_TAG || tag == LotteryAnswer.TICKET_FOUND_TAG;
  }

  private static int tag(byte[] replyOrAnswer) {
    return replyOrAnswer.length < 2 ? 0 : replyOrAnswer[1] & 0xff;
  }

  /** The bytes of a reply or an answer, with its receipt sealed when it holds one. */
  public static byte[] finish(byte[] replyOrAnswer, Signer signer) {
    int tag = tag(replyOrAnswer);
    try {
      if (tag == LotteryReply.TICKET_SEALED_TAG) {
        LotteryReply.TicketSealed sealed =
            (LotteryReply.TicketSealed) LotteryReply.decode(replyOrAnswer);
        Receipt receipt = seal(sealed.receipt(), signer);
        return new LotteryReply.TicketSealed(receipt, sealed.repeated()).encode();
      }
      if (tag == LotteryAnswer.TICKET_FOUND_TAG) {
        LotteryAnswer.TicketFound found =
            (LotteryAnswer.TicketFound) LotteryAnswer.decode(replyOrAnswer);
        TicketView view = found.ticket();
        Receipt receipt = seal(view.receipt(), signer);
        return new LotteryAnswer.TicketFound(new TicketView(receipt, view.state(), view.prize()))
            .encode();
      }
      return replyOrAnswer;
    } catch (MalformedMessage notOurs) {
      throw new IllegalArgumentException("reply with tag " + tag, notOurs);
    }
  }

  // One that is sealed came from another shard: it is that shard's word.
  private static Receipt seal(Receipt receipt, Signer signer) {
    if (receipt.seal().isPresent()) {
      return receipt;
    }
    Octets key = Octets.of(signer.publicKey());
    return receipt.sealed(new ReceiptSeal(key, Octets.wrap(signer.sign(receipt.signedText(key)))));
  }
}
