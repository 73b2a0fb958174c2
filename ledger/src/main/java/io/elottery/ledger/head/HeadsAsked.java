package io.elottery.ledger.head;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a copy for the heads of its shard that a majority signed, and shows it the last one that the
 * asker knows: a ledger that was put back is told so by whoever watched it.
 *
 * @param after only heads behind that position
 * @param most at most so many, {@value #MOST} in any case
 */
public record HeadsAsked(
    ShardId shard, LogPosition after, int most, Optional<CountersignedHead> known) {
  /** Heads in an answer. */
  public static final int MOST = 64;

  private static final int VERSION = 1;

  /** As an envelope. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(64).u16(shard.number()).i64(after.index()).u8(most);
    out.bool(known.isPresent());
    known.ifPresent(head -> out.bytes(head.encode()));
    return new Envelope(LedgerKinds.HEADS, VERSION, out.toBytes());
  }

  /** Reads {@link #envelope()}. */
  public static HeadsAsked of(Envelope envelope) throws MalformedMessage {
    check(envelope);
    WireReader in = new WireReader(envelope.body());
    try {
      HeadsAsked asked =
          new HeadsAsked(
              new ShardId(in.u16()),
              new LogPosition(in.i64()),
              Math.min(MOST, in.u8()),
              in.bool() ? Optional.of(CountersignedHead.decode(in.bytes())) : Optional.empty());
      in.done();
      return asked;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  /** The answer. */
  public static Envelope found(List<CountersignedHead> heads) {
    WireWriter out = new WireWriter().u8(heads.size());
    heads.forEach(head -> out.bytes(head.encode()));
    return new Envelope(LedgerKinds.HEADS_FOUND, VERSION, out.toBytes());
  }

  /** Reads {@link #found}. */
  public static List<CountersignedHead> readFound(Envelope answer) throws MalformedMessage {
    if (answer.kind() != LedgerKinds.HEADS_FOUND) {
      throw new MalformedMessage(answer + " answers no question for heads");
    }
    check(answer);
    WireReader in = new WireReader(answer.body());
    int count = in.u8();
    List<CountersignedHead> heads = new ArrayList<>();
    for (int i = 0; i < count && i < MOST; i++) {
      heads.add(CountersignedHead.decode(in.bytes()));
    }
    in.done();
    return heads;
  }

  private static void check(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": this build reads version " + VERSION);
    }
  }
}
