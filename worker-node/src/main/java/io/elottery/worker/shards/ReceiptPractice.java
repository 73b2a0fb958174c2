package io.elottery.worker.shards;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.bouncycastle.Ed25519;
import io.elottery.keyvault.secret.Secret;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.machine.ReceiptSigning;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A receipt for nothing, signed with a key that nobody knows, for the sake of the code: who comes
 * to write after another's death has perhaps never signed. The first signature of a process takes
 * some 17 ms, the next two up to 10. On one thread.
 */
final class ReceiptPractice implements Runnable {
  private static final int SEED_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final byte[] reply;
  private final ReceiptSigning.Signer signer;

  ReceiptPractice(RandomSource random) {
    this.signer = new KeySigner(Ed25519.signer(Secret.random(random, SEED_BYTES)));
    Line line =
        new Line(new TreeMap<>(Map.of("main", List.of(3, 14, 15, 26, 53), "bonus", List.of(9))));
    this.reply =
        new LotteryReply.TicketSealed(
                new Receipt(
                    new TicketId(1, 1),
                    DrawRef.of("practice", "AAAE010170"),
                    List.of(line),
                    Money.of(1, "XXX"),
                    1,
                    Instant.EPOCH,
                    Octets.of(new byte[SEED_BYTES]),
                    Octets.of(new byte[SALT_BYTES]),
                    Optional.empty()),
                false)
            .encode();
  }

  @Override
  public void run() {
    ReceiptSigning.finish(reply, signer);
  }
}
