package io.elottery.ledger.head;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.ShardId;

/**
 * What somebody outside who remembers heads tells mains: a shard's history is not the one that was
 * signed before.
 *
 * @param why one sentence
 */
public record HeadAlarm(ShardId shard, Kind kind, String why) {
  private static final int VERSION = 1;
  private static final int WHY_MAX = 1_000;

  /** What is wrong. */
  public enum Kind {
    /** A majority signed two histories. */
    FORKED,
    /** No copy knows any more what a majority signed. */
    WENT_BACK
  }

  /** Checks the length. */
  public HeadAlarm {
    if (why.length() > WHY_MAX) {
      throw new IllegalArgumentException("an alarm of " + why.length() + " characters");
    }
  }

  /** As an envelope. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(256).u16(shard.number()).u8(kind.ordinal()).text(why);
    return new Envelope(LedgerKinds.HEAD_ALARM, VERSION, out.toBytes());
  }

  /** Reads {@link #envelope()}. */
  public static HeadAlarm of(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": this build reads version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    int shard = in.u16();
    int kind = in.u8();
    if (shard >= ShardId.MAX || kind >= Kind.values().length) {
      throw new MalformedMessage("alarm of kind " + kind + " for shard " + shard);
    }
    String why = in.text();
    in.done();
    if (why.length() > WHY_MAX) {
      throw new MalformedMessage("an alarm of " + why.length() + " characters");
    }
    return new HeadAlarm(new ShardId(shard), Kind.values()[kind], why);
  }
}
