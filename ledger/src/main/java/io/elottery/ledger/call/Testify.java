package io.elottery.ledger.call;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;

/**
 * Asks one replica what it answered to a question.
 *
 * @param id of the question; not copied
 * @param patience how long the replica may wait until the question's position is applied there
 */
public record Testify(ShardId shard, byte[] id, Duration patience) {
  private static final int VERSION = 1;

  /** As an envelope. */
  public Envelope envelope() {
    byte[] bytes =
        new WireWriter()
            .u16(shard.number())
            .raw(id)
            .varint(Math.max(0, patience.toMillis()))
            .toBytes();
    return new Envelope(LedgerKinds.TESTIFY, VERSION, bytes);
  }

  /** Reads {@link #envelope()}. */
  public static Testify of(Envelope envelope) throws MalformedMessage {
    Versions.check(envelope, VERSION);
    WireReader in = new WireReader(envelope.body());
    int shard = in.u16();
    if (shard >= ShardId.MAX) {
      throw new MalformedMessage("shard " + shard);
    }
    byte[] id = in.raw(Question.ID_BYTES);
    Duration patience = Duration.ofMillis(in.varint());
    in.done();
    return new Testify(new ShardId(shard), id, patience);
  }
}
